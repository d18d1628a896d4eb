import { createLibrary, type FlowDocument, type Json, type NodeSettings, type NodeType } from '@loom/graph';
import { type FlowBuilder, flow, type SimulatedClock, simulatedClock } from '@loom/testing';
import { onTestFinished } from 'vitest';
import type { EventSource, EventSourceOptions, StopSource } from './event-source.js';
import { hostEventType, timerType } from './event-types.js';
import { type FakeEngine, fakeEngine } from './fake-engine-fixture.js';
import { goLive } from './go-live.js';
import type { LiveEvent, LiveFlow, LiveOptions } from './live-flow.js';

/** The type of a node that listens to a source of a test. */
const probeType: NodeType = {
  ...hostEventType,
  id: 'test/probe',
  inputs: [
    { id: 'port', title: 'Port', type: { kind: 'int' }, required: false, default: 80 },
    { id: 'path', title: 'Path', type: { kind: 'string' }, required: false },
  ],
  outputs: [
    { id: 'a', title: 'A', type: { kind: 'json' } },
    { id: 'b', title: 'B', type: { kind: 'json' } },
  ],
  implementation: { kind: 'event', source: 'probe', revision: '1' },
};

export const library = createLibrary({ shelves: [{ name: 'test', types: [timerType, hostEventType, probeType] }] });

/** A flow with one node that waits for the host event `go`. */
export function hostFlow(settings?: NodeSettings): FlowBuilder {
  return flow().node('n', 'loom/host-event', { name: 'go' }, settings);
}

/** A source whose starts the test plays. */
export interface Probe extends EventSource {
  readonly starts: readonly (EventSourceOptions & { readonly stops: number })[];
}

/** Makes a source that gives, at each start, what the test says. */
export function probe(start: (options: EventSourceOptions, count: number) => StopSource | Promise<StopSource>): Probe {
  const starts: (EventSourceOptions & { stops: number })[] = [];
  return {
    name: 'probe',
    starts,
    start: (options) => {
      const seen = { ...options, stops: 0 };
      starts.push(seen);
      const counting =
        (stop: StopSource): StopSource =>
        () => {
          seen.stops++;
          return stop();
        };
      const stop = start(options, starts.length);
      return stop instanceof Promise ? stop.then(counting) : counting(stop);
    },
  };
}

/** A live flow over an engine that runs nothing. */
export interface LiveStage {
  readonly live: LiveFlow;
  readonly engine: FakeEngine;
  readonly clock: SimulatedClock;
  readonly events: readonly LiveEvent[];
  /** What was told, short: `firing-started n 0`. */
  story(): string[];
  /** Fires the host event `go`. */
  go(payload?: Json): number;
}

/** Sets a stage for one test, and takes it down after that. */
export function liveStage(document: FlowDocument, options: LiveOptions = {}): LiveStage {
  const engine = fakeEngine(library);
  const clock = simulatedClock(1_000);
  const live = goLive(engine, document, { clock, ...options });
  const events: LiveEvent[] = [];
  live.subscribe((group) => events.push(...group));
  onTestFinished(async () => {
    engine.endsAtOnce = true;
    for (const run of engine.running) run.finish();
    const stopping = live.stop();
    clock.advance(10_000);
    await stopping;
  });
  const story = (): string[] =>
    events.map((event) => {
      switch (event.kind) {
        case 'firing-started':
          return `${event.kind} ${event.node} ${event.firing}`;
        case 'firing-finished':
          return `${event.kind} ${event.node} ${event.firing} ${event.status}`;
        case 'firings-dropped':
          return `${event.kind} ${event.node} ${event.count} ${event.code}`;
        case 'event-failed':
          return `${event.kind} ${event.node} ${event.error.code}`;
        case 'live-stopped':
          return event.kind;
        default:
          return `${event.kind} ${event.node}`;
      }
    });
  return { live, engine, clock, events, story, go: (payload) => live.emit('go', payload) };
}

/** Lets everything happen that waits for no one. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
