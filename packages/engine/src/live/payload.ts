import { type Json, LoomError, type PortId } from '@loom/graph';
import { MAX_DEPTH, MAX_ITEMS } from '../portable/limits.js';
import { formatPath, type PathStep } from '../portable/path.js';
import { isPlainObject, typeName } from '../preview/describe.js';
import type { EventPayload } from './event-source.js';

/**
 * A copy of what a source fired, since whoever fired it may change it while it waits; only the ports that the node has.
 *
 * @throws LoomError `event/not-json`, naming the place
 */
export function copyPayload(payload: EventPayload, ports: readonly PortId[]): EventPayload {
  const copier = new Copier();
  const entries = ports.flatMap((port): [PortId, Json][] => {
    const value: unknown = Object.hasOwn(payload, port) ? payload[port] : undefined;
    return value === undefined ? [] : [[port, copier.copy(port, value)]];
  });
  return Object.fromEntries(entries);
}

class Copier {
  readonly #path: PathStep[] = [];
  #items = 0;

  /** What is found under a key. Recurses no deeper than values may be nested. */
  copy(step: PathStep, value: unknown): Json {
    this.#path.push(step);
    if (this.#path.length > MAX_DEPTH) throw this.#refusal(`is nested more than ${MAX_DEPTH} levels deep`);
    if (++this.#items > MAX_ITEMS) throw this.#refusal(`is too much: an event has at most ${MAX_ITEMS} items`);
    const copy = this.#copy(value);
    this.#path.pop();
    return copy;
  }

  #copy(value: unknown): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return value.map((item: unknown, index) => this.copy(index, item));
    if (!isPlainObject(value)) {
      throw this.#refusal(`is ${typeof value === 'number' ? value : typeName(value)}, which is no JSON`);
    }
    const present = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(present.map(([key, member]) => [key, this.copy(key, member)]));
  }

  #refusal(reason: string): LoomError {
    const path = formatPath(this.#path);
    return new LoomError('event/not-json', `What was fired cannot be used: ${path} ${reason}.`, { context: { path } });
  }
}
