import { LoomError } from '@loom/graph';
import { expose } from 'comlink';
import type { ConnectMessage, WorkerCalls, WorkerSignal } from '../src/link/protocol.js';
import type { WorkerLink } from '../src/link/worker-link.js';

/** A worker without a thread: its calls answer as told, and it can die at will. */
export class FakeWorker implements WorkerLink {
  terminated = 0;
  alive = false;
  ports: ConnectMessage | undefined;
  readonly #calls: Partial<WorkerCalls>;
  #onMessage: (message: unknown) => void = () => {};
  #onDeath: (reason: LoomError) => void = () => {};

  constructor(calls: Partial<WorkerCalls> = {}) {
    this.#calls = calls;
  }

  postMessage(message: unknown): void {
    this.ports = message as ConnectMessage;
    expose(this.#calls, this.ports.calls);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage = listener;
  }
  onDeath(listener: (reason: LoomError) => void): void {
    this.#onDeath = listener;
  }
  keepAlive(needed: boolean): void {
    this.alive = needed;
  }
  terminate(): void {
    this.terminated++;
  }
  ready(): void {
    this.#onMessage({ kind: 'ready' });
  }
  die(reason = new LoomError('executor/lost', 'It died.')): void {
    this.#onDeath(reason);
  }
  say(signal: WorkerSignal): void {
    this.ports?.signals.postMessage(signal);
  }
}
