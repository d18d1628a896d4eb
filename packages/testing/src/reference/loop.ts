import { carriedPorts, type NodeId, type PortId, type ZoneSettings, zoneCarried } from '@loom/graph';
import { combinations, exactFrames, type Frame, possibleEntries, type RunFrame } from './frame.js';
import { failed, type NodeResult, succeeded } from './node-result.js';

type Loop = Extract<ZoneSettings, { kind: 'while' | 'repeat' }>;

const DEFAULT_LIMIT = 1000;

/** How often a loop may go round at all before the interpreter gives up on it. */
export const MOST_ITERATIONS = 2000;

/** Every way in which a while or repeat may end; with one it is certain. */
export function loop(
  zone: NodeId,
  settings: Loop,
  inputs: ReadonlyMap<PortId, unknown>,
  continueLiteral: unknown,
  runFrame: RunFrame,
): NodeResult[] {
  const { limit = DEFAULT_LIMIT, onError = 'fail' } = settings;
  const times = timesOf(settings, inputs);
  if (times === undefined) return [failed(zone, settings.kind === 'repeat' ? 'zone/not-a-count' : 'zone/not-a-bool')];
  let carried = new Map(Object.keys(zoneCarried(settings)).map((id) => [id, inputs.has(id) ? inputs.get(id) : null]));
  const frames: Frame[] = [];
  for (let goesOn: unknown = true; goesOn && frames.length < times; ) {
    if (limit >= 0 && frames.length >= limit) return [failed(zone, 'zone/limit', exactFrames(frames))];
    if (frames.length >= MOST_ITERATIONS) throw new RangeError(`The loop "${zone}" does not end.`);
    const frame = runFrame(frames.length, innerOutputs(carried, frames.length));
    frames.push(frame);
    const isConnected = frame.end('continue') !== undefined;
    const isBroken = frame.expected.hasFailed && frame.end('continue')?.kind === 'error';
    if (frame.expected.hasFailed && (onError === 'fail' || isBroken))
      return [failed(zone, 'zone/frame-failed', exactFrames(frames))];
    if (!frame.expected.hasFailed) carried = afterFrame(carried, frame);
    goesOn = isConnected ? valueAt(frame, 'continue', false) : (continueLiteral ?? true);
    if (typeof goesOn !== 'boolean') return [failed(zone, 'zone/not-a-bool', exactFrames(frames))];
  }
  const outputs = new Map<PortId, unknown>([...carried, ['iterations', frames.length]]);
  if (onError === 'fail') return [succeeded(zone, outputs, exactFrames(frames))];
  const entries = frames.filter(({ expected }) => expected.hasFailed).map(possibleEntries);
  return combinations(entries).map((errors) =>
    succeeded(zone, new Map([...outputs, ['errors', errors]]), exactFrames(frames)),
  );
}

/** How many iterations may begin at most; undefined when the input says something that is no answer. */
function timesOf({ kind }: Loop, inputs: ReadonlyMap<PortId, unknown>): number | undefined {
  if (kind === 'repeat') {
    const times = inputs.get('times');
    return Number.isInteger(times) && (times as number) >= 0 ? (times as number) : undefined;
  }
  const start = inputs.get('start');
  if (typeof start !== 'boolean') return undefined;
  return start ? Number.POSITIVE_INFINITY : 0;
}

function innerOutputs(carried: ReadonlyMap<PortId, unknown>, index: number): Map<PortId, unknown> {
  const inner = new Map<PortId, unknown>([['index', index]]);
  for (const [id, value] of carried) inner.set(carriedPorts(id).current, value);
  return inner;
}

function afterFrame(carried: ReadonlyMap<PortId, unknown>, frame: Frame): Map<PortId, unknown> {
  return new Map([...carried].map(([id, value]) => [id, valueAt(frame, carriedPorts(id).next, value)]));
}

function valueAt({ end }: Frame, port: PortId, otherwise: unknown): unknown {
  const token = end(port);
  return token?.kind === 'value' ? token.value : otherwise;
}
