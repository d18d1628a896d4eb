import { type NodeId, nodePorts, type PortId } from '@loom/graph';
import type { FiringContext } from './firing-context.js';
import { hasReaders } from './graph-shape.js';
import { failed, type NodeResult, orClosed, skippedBy, succeeded } from './node-result.js';
import type { ExpectedFrame } from './outcome.js';
import { type Firings, possibleFirings } from './streams.js';
import { ItemStream, type StreamFailure } from './token.js';

type Inputs = ReadonlyMap<PortId, unknown>;
type FireOnce = (context: FiringContext, node: NodeId, inputs: Inputs) => NodeResult[];

/** Every way in which a node that takes items one by one may end. */
export function fireOneByOne(
  context: FiringContext,
  node: NodeId,
  inputs: Inputs,
  ports: { readonly each: readonly PortId[]; readonly latest: readonly PortId[] },
  fireOnce: FireOnce,
): NodeResult[] {
  return possibleFirings(inputs, ports.each, ports.latest).flatMap((firings) =>
    fireAll(context, node, firings, fireOnce),
  );
}

/** Fires once for each call, until one fails. What the calls give goes on as streams. */
function fireAll(context: FiringContext, node: NodeId, { calls, failure }: Firings, fireOnce: FireOnce): NodeResult[] {
  const list: ExpectedFrame[] = [];
  const given: Inputs[] = [];
  for (const [index, call] of calls.entries()) {
    const inner = context.within({ node, index });
    const { expected } = inner.choose(node, fireOnce(inner, node, call));
    const hasFailed = expected.state === 'error';
    list.push({ index, hasFailed, nodes: new Map([[node, expected]]) });
    if (hasFailed) {
      const own = failed(node, expected.code, { kind: 'exact', list });
      const ends = streaming(context, node, own, given, { blames: new Set([node]) });
      // What is noticed first, a call that fails or a stream that does, is a matter of time.
      return failure ? [...ends, ...brokenOff(context, node, list, given, failure)] : ends;
    }
    if (expected.state === 'success') given.push(expected.outputs);
  }
  if (!failure) return streaming(context, node, succeeded(node, new Map(), { kind: 'exact', list }), given, undefined);
  return brokenOff(context, node, list, given, failure);
}

function brokenOff(
  context: FiringContext,
  node: NodeId,
  list: readonly ExpectedFrame[],
  given: readonly Inputs[],
  failure: StreamFailure,
): NodeResult[] {
  const skipped = skippedBy({ kind: 'error', blames: failure.blames }, { kind: 'broken-off', list });
  return streaming(context, node, skipped, given, failure);
}

function streaming(
  { shape }: FiringContext,
  node: NodeId,
  { expected }: NodeResult,
  given: readonly Inputs[],
  failure: StreamFailure | undefined,
): NodeResult[] {
  const outer = nodePorts(shape.graph, shape.library, node).outputs.filter(({ inner }) => !inner);
  const outputs = new Map(
    outer.map(({ id }) => {
      const items = given.flatMap((call) => (call.has(id) ? [listed(call.get(id))] : []));
      return [id, new ItemStream(items, failure)] as const;
    }),
  );
  const { tokens } = succeeded(node, outputs);
  const end = expected.state === 'success' ? { ...expected, outputs } : expected;
  return orClosed({ expected: end, tokens }, outputs, hasReaders(shape, node));
}

/** What leaves a body is collected: a stream that one call gives is one item. */
function listed(value: unknown): unknown {
  return value instanceof ItemStream ? value.items : value;
}
