import type { FlowDocument, Json, Library, NodeId } from '@loom/graph';
import type { Explanation, Plan, PlanOptions, Run, RunOptions } from './api.js';
import type { EngineEvent } from './event.js';
import type { PreviewRequest } from './executor.js';
import type { LiveFlow, LiveOptions } from './live/live-flow.js';
import type { Portable, Preview, ValueRef } from './value.js';

/** Runs flows. The local engine and the remote one share this interface: plain data in, promises, events and refs out. */
export interface Engine {
  readonly library: Library;
  plan(document: FlowDocument, options?: PlanOptions): Plan;
  /**
   * Tells what a run would do with a node, and why. Runs nothing.
   *
   * @param options - As for a run. Without targets the run that is explained is one of what has changed.
   * @throws LoomError `run/unknown-node`
   * @example
   * ```ts
   * const { causes } = engine.explain(document, 'chart');
   * if (causes.some(({ kind }) => kind === 'literal')) console.log('A value was edited.');
   * ```
   */
  explain(document: FlowDocument, node: NodeId, options?: PlanOptions): Explanation;
  run(document: FlowDocument, options?: RunOptions): Run;
  /**
   * Calls a flow like a function: runs what its promoted outputs need, and gives their values by name as plain JavaScript.
   *
   * @throws LoomError `run/failed` with the node and its error in the context, `run/cancelled`, `run/timed-out`, and
   * `run/unknown-input` or `run/unknown-output` for names that are not there.
   * @example
   * ```ts
   * const { total } = await engine.call(invoice, { items: [1, 2, 3] });
   * ```
   */
  call(
    document: FlowDocument,
    inputs?: Readonly<Record<string, Json>>,
    options?: Pick<RunOptions, 'signal' | 'timeoutMs'>,
  ): Promise<Record<string, unknown>>;
  /**
   * Makes a flow live: its event nodes listen, and each firing begins a child run of what depends on it. The clock and who
   * hears faults are those of the engine, unless the options say otherwise. Disposing of the engine stops it.
   *
   * @throws LoomError `event/duplicate-source` when two sources have one name
   * @example
   * ```ts
   * const live = engine.goLive(document);
   * live.emit('order', { id: 7 });
   * await live.stop();
   * ```
   */
  goLive(document: FlowDocument, options?: LiveOptions): LiveFlow;
  /** Starts executors before the first run needs them. */
  warmUp(): Promise<void>;
  preview(ref: ValueRef, request?: PreviewRequest): Promise<Preview>;
  /** The whole value as plain JavaScript; see {@link decodePortable} for what each type becomes. */
  read(ref: ValueRef): Promise<unknown>;
  /** The whole value as it travels. */
  readPortable(ref: ValueRef): Promise<Portable>;
  /** Receives events in groups, in order. One listener's fault never reaches another. */
  subscribe(listener: (events: readonly EngineEvent[]) => void): () => void;
  /** Ends runs, executors and listeners. Twice is fine. */
  dispose(): Promise<void>;
}
