import { createLibrary, type FlowDocument, type NodeType } from '@loom/graph';
import {
  createFakeExecutor,
  type FakeExecutor,
  flow,
  randomFlowTypes,
  type SimulatedClock,
  simulatedClock,
} from '@loom/testing';
import { onTestFinished } from 'vitest';
import { createEngine } from '../engine/engine.js';
import type { EngineOptions } from '../engine/engine-options.js';
import type { Engine } from '../engine-api.js';
import type { EngineEvent } from '../event.js';

const [join] = randomFlowTypes;
if (!join) throw new Error('There is no type for test flows.');
/** The type of a node in Python. */
export const python: NodeType = {
  ...join,
  id: 'test/py',
  implementation: { kind: 'source', language: 'python', source: 'v1', entry: 'f', revision: 'v1', returns: 'single' },
};
/** The two types of these tests: `test/js` and `test/py`. */
export const library = createLibrary({ shelves: [{ name: 'test', types: [{ ...join, id: 'test/js' }, python] }] });

/** Lets everything happen that waits for no one. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An engine with one executor for each language, both fakes, and what it told. */
export interface Stage {
  readonly engine: Engine;
  readonly js: FakeExecutor;
  readonly py: FakeExecutor;
  readonly clock: SimulatedClock;
  readonly events: EngineEvent[];
  /** Events of runs, short: `started a`. */
  story(): string[];
}

/** Sets a stage for one test, and takes it down after that. */
export function stage(
  js: Parameters<typeof createFakeExecutor>[0] = {},
  py: typeof js = {},
  options?: Partial<EngineOptions>,
): Stage {
  const clock = simulatedClock(1);
  const executors = [
    createFakeExecutor({ id: 'js', performs: ['function'], ...js }),
    createFakeExecutor({ id: 'py', performs: ['python'], ...py }),
  ] as const;
  let runs = 0;
  const engine = createEngine({ library, executors, clock, createId: (prefix) => `${prefix}-${runs++}`, ...options });
  onTestFinished(() => engine.dispose());
  const events: EngineEvent[] = [];
  engine.subscribe((group) => events.push(...group));
  const story = (): string[] =>
    events.flatMap((event) => {
      if (!('node' in event) || event.kind === 'node-queued') return [];
      const more =
        event.kind === 'node-failed'
          ? ` ${event.error.code}`
          : event.kind === 'node-skipped'
            ? ` ${event.reason.kind}`
            : '';
      return [`${event.kind.slice(5)} ${event.node}${more}`];
    });
  return { engine, js: executors[0], py: executors[1], clock, events, story };
}

/** One node, two that need it, and one that needs both. */
export const diamond: FlowDocument = flow()
  .node('a', 'test/js')
  .node('b', 'test/js')
  .node('c', 'test/js')
  .node('d', 'test/js')
  .wire('a.out', 'b.in')
  .wire('a.out', 'c.in')
  .wire('b.out', 'd.in')
  .wire('c.out', 'd.in').document;
