import {
  type FlowDocument,
  graphIndex,
  type InputPort,
  type Json,
  type Library,
  type NodeId,
  nodeTypeOf,
  type PortId,
} from '@loom/graph';
import { faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import { checkInput } from '../plan/check-input.js';
import type { EventPayload } from './event-source.js';
import { type EventPolicy, policyOf } from './policy.js';

/** A node that listens, as its document has it. */
export interface EventNode {
  readonly id: NodeId;
  /** The name of its source. */
  readonly source: string;
  readonly policy: EventPolicy;
  readonly inputs: EventPayload;
  readonly outputs: readonly PortId[];
  /** Why it cannot listen. */
  readonly problem?: NodeError;
  /** The same as long as its source need not start anew: moving and renaming change nothing. */
  readonly key: string;
}

/** The event nodes of a document that are not muted. */
export function eventNodes(document: FlowDocument, library: Library): EventNode[] {
  return Object.entries(document.nodes).flatMap(([id, node]): EventNode[] => {
    if (node.settings?.mode === 'muted') return [];
    const type = nodeTypeOf(document, library, node);
    if (type?.implementation.kind !== 'event') return [];
    const { source, revision } = type.implementation;
    const literals: [PortId, Json][] = [];
    let problem: NodeError | undefined;
    for (const input of type.inputs) {
      const literal = node.inputs && Object.hasOwn(node.inputs, input.id) ? node.inputs[input.id] : input.default;
      if (literal !== undefined) literals.push([input.id, literal]);
      problem ??= inputError(document, id, input, literal);
    }
    return [
      {
        id,
        source,
        policy: policyOf(node.settings),
        inputs: Object.fromEntries(literals),
        outputs: type.outputs.map((output) => output.id),
        ...(problem ? { problem } : {}),
        key: JSON.stringify([source, node.type, revision, literals, problem?.message]),
      },
    ];
  });
}

function inputError(
  document: FlowDocument,
  node: NodeId,
  input: InputPort,
  literal: Json | undefined,
): NodeError | undefined {
  if (graphIndex(document).incomingTo(node, input.id).length > 0) {
    const message = `A wire leads to "${input.title}". What an event node listens to is known before anything runs: enter a value.`;
    return faultOf('event/wired-input', message);
  }
  if (literal === undefined) {
    if (!input.required) return undefined;
    return faultOf('node/missing-input', `Nothing is given for the input "${input.title}". Enter a value.`);
  }
  const misfit = checkInput(literal, input);
  return misfit === undefined ? undefined : faultOf('node/wrong-literal', `"${input.title}": ${misfit}`);
}
