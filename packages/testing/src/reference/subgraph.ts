import type { NodeId, PortId, SubgraphFlowType } from '@loom/graph';
import type { Brought } from './brought.js';
import type { FiringContext } from './firing-context.js';
import { failed, type NodeResult, succeeded } from './node-result.js';
import { insideGraph } from './subgraph-shape.js';

/** Runs an instance of a subgraph: its inputs go to the nodes that they are promoted from, its outputs come from there. */
export function subgraph(
  context: FiringContext,
  instance: NodeId,
  definition: SubgraphFlowType,
  inputs: ReadonlyMap<PortId, unknown>,
): NodeResult {
  const inside = insideGraph(context.shape.graph, definition);
  const brought = Object.entries(definition.inputs ?? {}).map(
    ([name, { node, port }]): Brought => ({ node, port, ...(inputs.has(name) && { value: inputs.get(name) }) }),
  );
  const { expected, tokenAt } = context.runInside(instance, inside, brought);
  const frames = { kind: 'exact', list: [expected] } as const;
  if (expected.hasFailed) return failed(instance, 'subgraph/failed', frames);
  const outputs = new Map<PortId, unknown>();
  for (const [port, from] of Object.entries(definition.outputs ?? {})) {
    const token = tokenAt(from.node, from.port);
    if (token.kind === 'value') outputs.set(port, token.value);
  }
  return succeeded(instance, outputs, frames);
}
