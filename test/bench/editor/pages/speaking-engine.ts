import { createEngine, createJavaScriptExecutor, type Engine, type EngineEvent, type RunEvent } from '@loom/engine';
import { library } from './loom-flow.js';

type Told<Event = RunEvent> = Event extends RunEvent ? Omit<Event, 'runId' | 'sequence' | 'at'> : never;

/** An engine that also says what the benchmark puts into its mouth, in the name of a run. */
export interface SpeakingEngine extends Engine {
  say(runId: string, events: readonly Told[]): void;
}

export function createSpeakingEngine(): SpeakingEngine {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  const listeners = new Set<(events: readonly EngineEvent[]) => void>();
  let sequence = 1000;
  return {
    library,
    plan: (document, options) => engine.plan(document, options),
    explain: (document, node, options) => engine.explain(document, node, options),
    run: (document, options) => engine.run(document, options),
    call: (document, inputs, options) => engine.call(document, inputs, options),
    goLive: (document, options) => engine.goLive(document, options),
    warmUp: () => engine.warmUp(),
    preview: (ref, request) => engine.preview(ref, request),
    read: (ref) => engine.read(ref),
    readPortable: (ref) => engine.readPortable(ref),
    dispose: () => engine.dispose(),
    subscribe(listener) {
      listeners.add(listener);
      const unsubscribe = engine.subscribe(listener);
      return () => {
        listeners.delete(listener);
        unsubscribe();
      };
    },
    say(runId, events) {
      const at = performance.now();
      const told = events.map((event) => ({ ...event, runId, sequence: sequence++, at }) as RunEvent);
      for (const listener of listeners) listener(told);
    },
  };
}
