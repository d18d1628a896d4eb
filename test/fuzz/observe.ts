import type { RunEvent } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { type FramePath, pathText, type SeenEnd, type SeenFrame, type SeenRun } from '@loom/testing';
import type { PerformedRun } from './perform-run.js';
import { seenValue } from './seen-value.js';

/** The end of a node that an event tells; undefined for events that tell none. */
export function endOf(event: RunEvent): SeenEnd | undefined {
  switch (event.kind) {
    case 'node-succeeded':
      return {
        state: 'success',
        ...(event.cached && { isCached: true }),
        outputs: new Map(Object.entries(event.outputs).map(([port, output]) => [port, seenValue(output)])),
      };
    case 'node-failed':
      return { state: 'error', code: event.error.code };
    case 'node-skipped':
      return { state: 'skipped', reason: event.reason };
    case 'node-cancelled':
      return { state: 'cancelled' };
    default:
      return undefined;
  }
}

/** Names a node in a frame. */
export function keyOf(path: FramePath, node: NodeId): string {
  return `${pathText(path)} ${node}`;
}

/** What was seen of a run, by its events; whole values of the result where there are some. */
export function observe({ events, result, values }: PerformedRun): SeenRun {
  const ends = new Map<string, SeenEnd>();
  const frames = new Map<string, SeenFrame[]>();
  for (const event of events) {
    const { frame: path = [] } = event;
    if (event.kind === 'frame-finished') {
      const key = keyOf(path.slice(0, -1), event.node);
      const list = frames.get(key) ?? [];
      frames.set(key, list);
      list.push({ index: path.at(-1)?.index ?? -1, status: event.status });
      list.sort((a, b) => a.index - b.index);
    }
    const end = endOf(event);
    if (end && 'node' in event) ends.set(keyOf(path, event.node), end);
  }
  for (const [node, read] of values) {
    const end = ends.get(keyOf([], node));
    if (end?.state !== 'success') continue;
    const outputs = new Map(end.outputs);
    for (const [port, value] of read) outputs.set(port, { kind: 'whole', value });
    ends.set(keyOf([], node), { ...end, outputs });
  }
  return {
    status: result.status,
    end: (path, node) => ends.get(keyOf(path, node)),
    frames: (path, container) => frames.get(keyOf(path, container)) ?? [],
  };
}
