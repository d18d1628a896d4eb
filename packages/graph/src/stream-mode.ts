import type { FlowNode, StreamMode } from './document.js';
import type { InputPort } from './node-type.js';
import { describePortType } from './port-type/format.js';
import { type Unification, unify } from './port-type/unify.js';
import type { Bindings } from './port-type/variables.js';
import type { PortType } from './port-type.js';

/**
 * What one wire into this input must fit. An input that takes several wires receives a list, so each wire must fit
 * the items where its type is a list.
 *
 * @example
 * ```ts
 * formatPortType(wireType(input)); // 'number', where the input takes several wires into a list<number>
 * ```
 */
export function wireType(input: InputPort): PortType {
  return input.multiple && input.type.kind === 'list' ? input.type.item : input.type;
}

/** How an input takes a stream: as the node has it set, else as its type suggests. */
export function streamModeAt(node: FlowNode | undefined, input: InputPort): StreamMode {
  const streams = node?.settings?.streams;
  const chosen = streams && Object.hasOwn(streams, input.id) ? streams[input.id] : undefined;
  if (chosen) return chosen;
  if (input.type.kind === 'stream') return 'whole';
  return input.inner || input.multiple || input.type.kind === 'list' ? 'collect' : 'each';
}

/** Whether a node with a stream at such an input runs once for each item of it. */
export function takesItems(mode: StreamMode): boolean {
  return mode === 'each' || mode === 'latest';
}

const others: readonly StreamMode[] = ['each', 'collect', 'whole'];

/**
 * Decides whether a wire fits an input. A stream fits in any mode that there is, the given one before others; only what
 * fits in that one can run.
 */
export function fitWire(source: PortType, input: InputPort, mode: StreamMode, bindings?: Bindings): Unification {
  const target = wireType(input);
  const first = fitStream(source, target, mode, bindings);
  if (first.ok || source.kind !== 'stream') return first;
  for (const other of others) {
    const next = fitStream(source, target, other, bindings);
    if (next.ok) return next;
  }
  if (mode === 'whole') return first;
  const reason = `${describePortType(source)} does not fit ${describePortType(target)}: ${first.reason}`;
  return { ok: false, reason };
}

/** Decides whether what a mode makes of a stream fits. What is no stream goes in as it is. */
export function fitStream(source: PortType, target: PortType, mode: StreamMode, bindings?: Bindings): Unification {
  if (source.kind !== 'stream' || mode === 'whole') return unify(source, target, bindings);
  return unify(mode === 'collect' ? { kind: 'list', item: source.item } : source.item, target, bindings);
}
