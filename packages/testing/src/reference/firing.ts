import { type NodeId, nodeTypeOf, type PortId } from '@loom/graph';
import { type CallResult, route } from './control.js';
import type { FiringContext } from './firing-context.js';
import { forEach } from './for-each.js';
import { hasReaders, type Shape } from './graph-shape.js';
import { loop } from './loop.js';
import { failed, type NodeResult, orClosed, skippedBy, succeeded } from './node-result.js';
import { fireOneByOne } from './one-by-one.js';
import { streamInputs, takesOneByOne } from './streams.js';
import { subgraph } from './subgraph.js';
import { definitionOf } from './subgraph-shape.js';
import { ItemStream } from './token.js';

type Inputs = ReadonlyMap<PortId, unknown>;

/** Every way in which a node that has its inputs may end; with one it is certain. */
export function fire(context: FiringContext, node: NodeId, inputs: Inputs): NodeResult[] {
  const { shape } = context;
  const isForEach = shape.graph.nodes[node]?.settings?.zone?.kind === 'for-each';
  const whole = isForEach ? [] : streamInputs(shape, node, inputs, 'whole');
  const broken = whole.flatMap((port) => [...((inputs.get(port) as ItemStream).failure?.blames ?? [])]);
  if (broken.length > 0) return [skippedBy({ kind: 'error', blames: new Set(broken) })];
  const read = new Map(
    [...inputs].map(([port, value]) => [port, whole.includes(port) ? (value as ItemStream).items : value]),
  );
  const each = streamInputs(shape, node, inputs, 'each');
  const latest = streamInputs(shape, node, inputs, 'latest');
  if (!takesOneByOne(shape, node)) return fireOnce(context, node, read);
  return fireOneByOne(context, node, read, { each, latest }, fireOnce);
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
  if (implementation.kind === 'control') return called(shape, id, route(type, implementation.control, inputs));
  return called(shape, id, rules.call(type, inputs, node.settings));
}

/** A stream that breaks off fails its node. What it gave until then counts. */
function called(shape: Shape, node: NodeId, result: CallResult): NodeResult[] {
  if (result.kind === 'failed') return [failed(node, result.code)];
  const failure = result.brokenOff && { blames: new Set([node]) };
  const outputs = new Map(
    [...result.outputs].map(([port, value]) => [
      port,
      value instanceof ItemStream ? new ItemStream(value.items, failure) : value,
    ]),
  );
  const { expected, tokens } = succeeded(node, outputs);
  const end = result.brokenOff ? failed(node, result.brokenOff.code).expected : expected;
  return orClosed({ expected: end, tokens }, outputs, hasReaders(shape, node));
}
