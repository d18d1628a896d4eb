import type { RunEvent } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { type FramePath, pathText } from '@loom/testing';
import { endOf, keyOf } from './observe.js';

type Say = (problem: string) => void;

/** What holds for the events of every run, whatever the flow. Problems in words; empty when all holds. */
export function streamProblems(events: readonly RunEvent[]): string[] {
  const problems: string[] = [];
  const say: Say = (problem) => problems.push(problem);
  checkNumbers(events, say);
  checkLives(events, say);
  checkFrames(events, say);
  return problems;
}

/** Numbered without gaps, from the start of the run to its finish. */
function checkNumbers(events: readonly RunEvent[], say: Say): void {
  events.forEach(({ sequence }, place) => {
    if (sequence !== place) say(`event ${place} has the number ${sequence}`);
  });
  const started = events.filter(({ kind }) => kind === 'run-started').length;
  const finished = events.filter(({ kind }) => kind === 'run-finished').length;
  if (events[0]?.kind !== 'run-started' || started !== 1) say('the run does not start once, with its first event');
  if (events.at(-1)?.kind !== 'run-finished' || finished !== 1)
    say('the run does not finish once, with its last event');
}

type Life = 'queued' | 'running' | 'over';

/** Each node is queued, then runs, then ends once, in each frame. */
function checkLives(events: readonly RunEvent[], say: Say): void {
  const lives = new Map<string, Life>();
  for (const event of events) {
    if (!('node' in event) || event.node === undefined || isOfFrame(event)) continue;
    const key = keyOf(event.frame ?? [], event.node);
    const life = lives.get(key);
    const next = nextLife(event);
    if (life === 'over') say(`${key}: ${event.kind} after its end`);
    if (event.kind === 'node-queued' && life !== undefined) say(`${key}: queued when ${life}`);
    if (event.kind === 'node-started' && life === 'running') say(`${key}: starts twice`);
    if ((event.kind === 'node-output' || event.kind === 'node-progress') && life !== 'running')
      say(`${key}: ${event.kind} when not running`);
    if (next) lives.set(key, next);
  }
  for (const [key, life] of lives) if (life !== 'over') say(`${key}: is ${life} when the run has ended`);
}

function nextLife(event: RunEvent): Life | undefined {
  if (event.kind === 'node-queued') return 'queued';
  if (event.kind === 'node-started') return 'running';
  return endOf(event) ? 'over' : undefined;
}

function isOfFrame({ kind }: RunEvent): boolean {
  return kind === 'frame-started' || kind === 'frame-finished' || kind === 'run-paused';
}

/** Frames lie in the life of their container and in the frame around it, begin in order, and end once. */
function checkFrames(events: readonly RunEvent[], say: Say): void {
  const open = new Set<string>();
  const closed = new Set<string>();
  const counts = new Map<string, number>();
  const running = new Set<string>();
  for (const event of events) {
    const path = event.frame ?? [];
    const own = pathText(path);
    if (event.kind === 'frame-started') {
      const container = keyOf(path.slice(0, -1), event.node);
      const count = counts.get(container) ?? 0;
      counts.set(container, count + 1);
      if (path.at(-1)?.node !== event.node) say(`the frame ${own} is told of "${event.node}"`);
      if (path.at(-1)?.index !== count) say(`the frame ${own} begins as number ${count}`);
      if (!running.has(container)) say(`the frame ${own} begins when its container does not run`);
      requireOpen(path.slice(0, -1), event, open, say);
      open.add(own);
      continue;
    }
    requireOpen(path, event, open, say);
    if (event.kind === 'frame-finished') {
      const inner = [...open].find((other) => other.startsWith(`${own} `));
      if (inner !== undefined) say(`the frame ${own} ends before ${inner}`);
      open.delete(own);
      closed.add(own);
    } else if ('node' in event && event.node !== undefined) {
      const key = keyOf(path, event.node);
      if (event.kind === 'node-started') running.add(key);
      if (!endOf(event)) continue;
      running.delete(key);
      const { node } = event;
      const left = [...open].find((other) => isFrameOf(other, path, node));
      if (left !== undefined) say(`${key} ends before its frame ${left}`);
    }
  }
  for (const left of open) say(`the frame ${left} never ends`);
}

function requireOpen(path: FramePath, event: RunEvent, open: ReadonlySet<string>, say: Say): void {
  if (path.length > 0 && !open.has(pathText(path))) say(`${event.kind} in ${pathText(path)}, which is not open`);
}

function isFrameOf(frame: string, path: FramePath, container: NodeId): boolean {
  return frame.startsWith(`${pathText([...path, { node: container, index: 0 }]).slice(0, -2)}`);
}
