import { LoomError, type PortId } from '@loom/graph';
import type { InputSource, Task } from '../executor.js';
import { decodePortable } from '../portable/decode.js';
import type { Portable } from '../value.js';
import type { ValueStore } from './values.js';

/** What a task of the batch has come to, as far as those that use it care. */
export type TaskOutcome =
  | { readonly state: 'pending' }
  | { readonly state: 'value'; readonly outputs: Readonly<Record<PortId, unknown>> }
  | { readonly state: 'nothing' };

/** The inputs of a task, or why they are not there. */
export type ResolvedInputs =
  | { readonly state: 'ready'; readonly inputs: Record<PortId, unknown> }
  | { readonly state: 'waiting'; readonly task: string }
  | { readonly state: 'unresolved' };

type ResolvedSource =
  | { readonly state: 'ready'; readonly value: unknown }
  | Exclude<ResolvedInputs, { state: 'ready' }>;

const UNRESOLVED = { state: 'unresolved' } as const;

/** Literals that cannot be changed by who receives them are decoded once. */
const decodedScalars = new WeakMap<Portable, { readonly value: unknown }>();

/**
 * Looks up what a task receives.
 *
 * @throws LoomError `value/lost`, `value/malformed`, or `executor/fault` for a source that names no task of the batch.
 */
export function resolveInputs(
  task: Task,
  outcomes: ReadonlyMap<string, TaskOutcome>,
  values: ValueStore,
): ResolvedInputs {
  const inputs: Record<PortId, unknown> = {};
  let unresolved = false;
  let waiting: Extract<ResolvedInputs, { state: 'waiting' }> | undefined;
  for (const port in task.inputs) {
    const resolved = resolveSource(task.inputs[port] as InputSource, outcomes, values); // `port` is a key of it
    if (resolved.state === 'ready') setInput(inputs, port, resolved.value);
    else if (resolved.state === 'unresolved') unresolved = true;
    else waiting = resolved;
  }
  // Waiting for the others keeps final events in the order in which things ended.
  if (waiting) return waiting;
  return unresolved ? UNRESOLVED : { state: 'ready', inputs };
}

/**
 * Looks up the value of a source.
 *
 * @throws LoomError as {@link resolveInputs}
 */
export function resolveSource(
  source: InputSource,
  outcomes: ReadonlyMap<string, TaskOutcome>,
  values: ValueStore,
): ResolvedSource {
  switch (source.kind) {
    case 'literal':
      return { state: 'ready', value: decodeLiteral(source.value) };
    case 'ref':
      return { state: 'ready', value: values.get(source.ref) };
    case 'task': {
      const outcome = outcomes.get(source.task);
      if (!outcome) {
        const message = `The batch has no task "${source.task}" before its use.`;
        throw new LoomError('executor/fault', message);
      }
      if (outcome.state === 'pending') return { state: 'waiting', task: source.task };
      // A port that was skipped is not among the outputs.
      if (outcome.state === 'nothing' || !Object.hasOwn(outcome.outputs, source.port)) return UNRESOLVED;
      return { state: 'ready', value: outcome.outputs[source.port] };
    }
    case 'list': {
      const items: unknown[] = [];
      for (const item of source.items) {
        const resolved = resolveSource(item, outcomes, values);
        if (resolved.state !== 'ready') return resolved;
        items.push(resolved.value);
      }
      return { state: 'ready', value: items };
    }
  }
}

function decodeLiteral(literal: Portable): unknown {
  const known = decodedScalars.get(literal);
  if (known) return known.value;
  const value = decodePortable(literal);
  if (typeof value !== 'object' || value === null) decodedScalars.set(literal, { value });
  return value;
}

/** Defines a port of the name `__proto__`: assigning it would change the prototype instead. */
function setInput(inputs: Record<PortId, unknown>, port: PortId, value: unknown): void {
  if (port === '__proto__') Object.defineProperty(inputs, port, { value, enumerable: true });
  else inputs[port] = value;
}
