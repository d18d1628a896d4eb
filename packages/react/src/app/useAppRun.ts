import type { Engine } from '@loom/engine';
import type { FlowDocument, Json } from '@loom/graph';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useIsomorphicLayoutEffect, useLatest } from '../hooks/useLatest.js';
import { createLoomStore, type LoomStore } from '../store/loom-store.js';
import type { AppPorts } from './app-ports.js';

/** Values by input; a missing key takes the default of the flow. */
export type AppValues = Readonly<Record<string, Json>>;

/** A flow runs by itself once changes have paused for so long, in milliseconds. */
const PAUSE_MS = 300;

/** The store of a flow that is only run. */
export function useAppStore(document: FlowDocument, engine: Engine): LoomStore {
  const [store] = useState(() =>
    createLoomStore({ document, library: engine.library, engine, readOnly: true, connect: false }),
  );
  useIsomorphicLayoutEffect(() => {
    store.setLibrary(engine.library);
    store.setEngine(engine);
    store.replaceDocument(document);
  }, [store, document, engine]);
  useEffect(() => store.connect(), [store]);
  // Nobody could see or stop these runs any more.
  useEffect(() => () => store.stop(), [store]);
  return store;
}

interface AppRunOptions {
  readonly store: LoomStore;
  readonly ports: AppPorts;
  readonly values: AppValues;
  readonly auto: boolean;
  /** Some input cannot be run with. */
  readonly isBlocked: boolean;
}

/** Starts runs with the values of the form: when asked, and by itself after a change where that is wanted. */
export function useAppRun({ store, ports, values, auto, isBlocked }: AppRunOptions): {
  run(): void;
  /** The values that the newest run began with; undefined before the first. */
  readonly ranWith: AppValues | undefined;
} {
  const [ranWith, setRanWith] = useState<AppValues>();
  const latest = useLatest({ ports, values });
  const run = useMemo(
    () => () => {
      const { ports: now, values: inputs } = latest.current;
      // The run before is for values that nobody waits for any more.
      store.stop();
      const nodes = [...new Set(now.outputs.map(({ node }) => node))];
      store.run({ inputs, targets: { kind: 'nodes', nodes }, ignoreBreakpoints: true });
      setRanWith(inputs);
    },
    [store, latest],
  );
  const seen = useRef(values);
  useEffect(() => {
    // Never for the values that the form began with: opening a flow runs nothing.
    if (!auto || isBlocked || seen.current === values) return undefined;
    const timer = setTimeout(() => {
      seen.current = values;
      run();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [auto, isBlocked, values, run]);
  return { run, ranWith };
}
