import { type NodeId, nodeTypeOf, type PortId } from '@loom/graph';
import { type CallResult, route } from './control.js';
import type { FiringContext } from './firing-context.js';
import { forEach } from './for-each.js';
import { loop } from './loop.js';
import { failed, type NodeResult, skippedBy, succeeded } from './node-result.js';
import { fireOneByOne } from './one-by-one.js';
import { collected, failureIn, streamInputs } from './streams.js';
import { subgraph } from './subgraph.js';
import { definitionOf } from './subgraph-shape.js';
import { ItemStream, valueToken } from './token.js';

type Inputs = ReadonlyMap<PortId, unknown>;

/** Every way in which a node that has its inputs may end; with one it is certain. */
export function fire(context: FiringContext, node: NodeId, inputs: Inputs): NodeResult[] {
  const { shape } = context;
  const takesItems = shape.graph.nodes[node]?.settings?.zone?.kind === 'for-each';
  const streams = (modes: Parameters<typeof streamInputs>[3]): PortId[] =>
    streamInputs(shape, node, inputs, modes).filter((port) => !(takesItems && port === 'items'));
  const asOne = [...inputs.keys()].filter(
    (port) => Array.isArray(inputs.get(port)) || streams(['whole', 'collect']).includes(port),
  );
  const broken = failureIn(asOne.map((port) => inputs.get(port)));
  if (broken) return [skippedBy({ kind: 'error', blames: broken.blames })];
  const settled = new Map([...inputs].map(([port, value]) => [port, asOne.includes(port) ? collected(value) : value]));
  const each = streams(['each']);
  const latest = streams(['latest']);
  if (each.length + latest.length === 0) return fireOnce(context, node, settled);
  return fireOneByOne(context, node, settled, { each, latest }, fireOnce);
}

function fireOnce(context: FiringContext, id: NodeId, inputs: Inputs): NodeResult[] {
  const { shape, rules } = context;
  const node = shape.graph.nodes[id];
  const type = node && nodeTypeOf(shape.graph, shape.library, node);
  if (!node || !type) return [failed(id, 'node/unknown-type')];
  const zone = node.settings?.zone;
  const runFrame = (index: number, inner: Inputs): ReturnType<FiringContext['runFrame']> =>
    context.runFrame(id, index, inner);
  if (zone?.kind === 'for-each') return forEach(id, zone, inputs, runFrame);
  if (zone?.kind === 'while' || zone?.kind === 'repeat')
    return loop(id, zone, inputs, context.literals(id)('continue')?.value, runFrame);
  const definition = definitionOf(shape.graph, node.type);
  if (definition) return [subgraph(context, id, definition, inputs)];
  const { implementation } = type;
  if (implementation.kind === 'control') return called(id, route(type, implementation.control, inputs));
  return called(id, rules.call(type, inputs, node.settings));
}

/** A stream that breaks off fails its node, unless all who read it had enough before. What it gave until then counts. */
function called(node: NodeId, result: CallResult): NodeResult[] {
  if (result.kind === 'failed') return [failed(node, result.code)];
  if (!result.brokenOff) return [succeeded(node, result.outputs)];
  const outputs = new Map(
    [...result.outputs].map(([port, value]) => [
      port,
      value instanceof ItemStream ? new ItemStream(value.items, { blames: new Set([node]) }) : value,
    ]),
  );
  const closed = succeeded(node, outputs);
  const tokens: NodeResult['tokens'] = (port) =>
    outputs.has(port) ? valueToken(outputs.get(port)) : closed.tokens(port);
  return [{ expected: failed(node, result.brokenOff.code).expected, tokens }, closed];
}
