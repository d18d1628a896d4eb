import { type NodeId, type PortId, type ZoneSettings, zoneResults } from '@loom/graph';
import { combinations, exactFrames, type Frame, possibleEntries, type RunFrame } from './frame.js';
import { failed, type NodeResult, skippedBy, succeeded } from './node-result.js';
import { ItemStream } from './token.js';

type ForEach = Extract<ZoneSettings, { kind: 'for-each' }>;

const DEFAULT_CONCURRENCY = 16;

/** Every way in which a for-each may end; with one it is certain. */
export function forEach(
  zone: NodeId,
  settings: ForEach,
  inputs: ReadonlyMap<PortId, unknown>,
  runFrame: RunFrame,
): NodeResult[] {
  const given = inputs.get('items');
  const items = given instanceof ItemStream ? given.items : given;
  if (!Array.isArray(items)) return [failed(zone, 'zone/not-a-list')];
  const frames = items.map((item, index) =>
    runFrame(
      index,
      new Map<PortId, unknown>([
        ['item', item],
        ['index', index],
      ]),
    ),
  );
  const broken = given instanceof ItemStream ? given.failure : undefined;
  const list = frames.map(({ expected }) => expected);
  const skipped = broken && skippedBy({ kind: 'error', blames: broken.blames }, { kind: 'broken-off', list });
  const hasFailed = settings.onError !== 'collect' && frames.some(({ expected }) => expected.hasFailed);
  // What is noticed first, a frame that fails or a stream that does, is a matter of time.
  if (hasFailed) return [failsAtFrame(zone, settings, frames), ...(skipped ? [skipped] : [])];
  return skipped ? [skipped] : succeeds(zone, settings, frames);
}

/** One after another, exactly one frame fails, the first that does; side by side others are on their way. */
function failsAtFrame(zone: NodeId, { concurrency }: ForEach, frames: readonly Frame[]): NodeResult {
  const list = frames.map(({ expected }) => expected);
  if ((concurrency ?? DEFAULT_CONCURRENCY) !== 1)
    return failed(zone, 'zone/frame-failed', { kind: 'broken-off', list });
  const first = list.findIndex(({ hasFailed }) => hasFailed);
  return failed(zone, 'zone/frame-failed', { kind: 'exact', list: list.slice(0, first + 1) });
}

function succeeds(zone: NodeId, settings: ForEach, frames: readonly Frame[]): NodeResult[] {
  const good = frames.filter(({ expected }) => !expected.hasFailed);
  const outputs = new Map<PortId, unknown>();
  for (const result of Object.keys(zoneResults(settings))) {
    const ends = good.map(({ end }) => end(result));
    outputs.set(
      result,
      ends.flatMap((token) => (token?.kind === 'value' ? [token.value] : [])),
    );
  }
  if (settings.onError !== 'collect') return [succeeded(zone, outputs, exactFrames(frames))];
  const entries = frames.filter(({ expected }) => expected.hasFailed).map(possibleEntries);
  return combinations(entries).map((errors) =>
    succeeded(zone, new Map([...outputs, ['errors', errors]]), exactFrames(frames)),
  );
}
