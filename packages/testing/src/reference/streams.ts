import { type NodeId, nodePorts, type PortId, type StreamMode } from '@loom/graph';
import { awaitedWires, isZone, type Shape } from './graph-shape.js';
import { ItemStream, type StreamFailure, type Token, valueToken } from './token.js';

type Inputs = ReadonlyMap<PortId, unknown>;

/** The calls of a node that takes items one by one, and what broke its streams off, if something did. */
export interface Firings {
  readonly calls: readonly Inputs[];
  readonly failure?: StreamFailure;
}

/** How an input takes a stream. What enters a zone is collected, but for the items of a for-each. */
export function streamModeOf(shape: Shape, node: NodeId, port: PortId): StreamMode {
  const { settings } = shape.graph.nodes[node] ?? {};
  if (settings?.zone?.kind === 'for-each' && port === 'items') return 'whole';
  const set = settings?.streams?.[port];
  if (set) return set;
  const input = nodePorts(shape.graph, shape.library, node).inputs.find(({ id }) => id === port);
  if (isZone(shape, node)) return 'collect';
  if (input?.type.kind === 'stream') return 'whole';
  return input?.type.kind === 'list' || input?.multiple ? 'collect' : 'each';
}

/** Whether a node runs once for each item, as its wires have it: also when no stream comes by them. */
export function takesOneByOne(shape: Shape, node: NodeId, seen: ReadonlySet<NodeId> = new Set()): boolean {
  if (seen.has(node)) return false;
  const within = new Set([...seen, node]);
  return awaitedWires(shape, node).some(({ source, sourcePort, target, targetPort }) => {
    if (target !== node || !['each', 'latest'].includes(streamModeOf(shape, node, targetPort))) return false;
    const output = nodePorts(shape.graph, shape.library, source).outputs.find(({ id }) => id === sourcePort);
    return output?.type.kind === 'stream' || (!output?.inner && takesOneByOne(shape, source, within));
  });
}

/** The inputs that carry streams and take them so. */
export function streamInputs(shape: Shape, node: NodeId, inputs: Inputs, mode: StreamMode): PortId[] {
  return [...inputs.keys()].filter(
    (port) => inputs.get(port) instanceof ItemStream && streamModeOf(shape, node, port) === mode,
  );
}

/** A stream becomes the list of its items at its end, or the error that broke it off. */
export function collected(token: Token): Token {
  if (token.kind !== 'value' || !(token.value instanceof ItemStream)) return token;
  const { items, failure } = token.value;
  return failure ? { kind: 'error', blames: failure.blames } : valueToken(items);
}

/** Every way in which the items of these inputs may be taken; with one it is certain. */
export function possibleFirings(inputs: Inputs, each: readonly PortId[], latest: readonly PortId[]): Firings[] {
  if (each.length + latest.length === 0) return [{ calls: [inputs] }];
  if (each.length === 0) return latestAlone(inputs, latest);
  const streams = each.map((port) => inputs.get(port) as ItemStream);
  const count = Math.min(...streams.map(({ items }) => items.length));
  const steps = Array.from(
    { length: count },
    (_, step) => new Map(each.map((port, i) => [port, streams[i]?.items[step]])),
  );
  const failures = possibleFailures(streams);
  return picksBeside(inputs, latest, count).flatMap((picks) => {
    const calls = steps.map((step, i) => new Map([...inputs, ...step, ...(picks[i] ?? [])]));
    return failures.map((failure) => ({ calls, ...(failure && { failure }) }));
  });
}

/** Whether the shortest of several streams ends before another breaks off depends on which is asked first. */
function possibleFailures(streams: readonly ItemStream[]): (StreamFailure | undefined)[] {
  const blames = streams.flatMap(({ failure }) => [...(failure?.blames ?? [])]);
  if (blames.length === 0) return [undefined];
  const broken = { blames: new Set(blames) };
  return streams.every(({ failure }) => failure) ? [broken] : [broken, undefined];
}

/** The newest item whenever the node is free: any of them, in order, the last one always. */
function latestAlone(inputs: Inputs, latest: readonly PortId[]): Firings[] {
  const [port, second] = latest;
  if (port === undefined || second !== undefined) throw new RangeError('No rule says when two newest items are taken.');
  const { items, failure } = inputs.get(port) as ItemStream;
  const firings: Firings[] = [];
  for (let bits = 0; bits < 2 ** items.length; bits++) {
    const taken = items.filter((_, place) => (bits >> place) % 2 === 1);
    const hasLast = items.length === 0 || (bits >> (items.length - 1)) % 2 === 1;
    if (!hasLast && !failure) continue;
    firings.push({ calls: taken.map((item) => new Map([...inputs, [port, item]])), ...(failure && { failure }) });
  }
  return firings;
}

/** For each of so many calls the newest items at that time: they only get newer. */
function picksBeside(inputs: Inputs, latest: readonly PortId[], count: number): Map<PortId, unknown>[][] {
  let picks: Map<PortId, unknown>[][] = [Array.from({ length: count }, () => new Map())];
  for (const port of latest) {
    const { items } = inputs.get(port) as ItemStream;
    const ways = risingPlaces(items.length, count);
    picks = picks.flatMap((made) =>
      ways.map((places) => made.map((pick, i) => new Map([...pick, [port, items[places[i] ?? 0]]]))),
    );
  }
  return picks;
}

function risingPlaces(length: number, count: number): number[][] {
  let ways: number[][] = [[]];
  for (let step = 0; step < count; step++) {
    ways = ways.flatMap((way) => {
      const start = way.at(-1) ?? 0;
      return Array.from({ length: Math.max(0, length - start) }, (_, more) => [...way, start + more]);
    });
  }
  return ways;
}
