import type { FlowDocument, History } from '@loom/graph';
import { useEffect, useReducer, useRef, useState } from 'react';
import { useIsomorphicLayoutEffect, useLatest } from '../hooks/useLatest.js';
import type { LoomOptions } from '../parts/props.js';
import { createLoomStore, type LoomStore } from '../store/loom-store.js';
import { createCommitTracker } from './commit-tracker.js';

/** The store of an editor: the one that was given, else one of its own that follows the props. */
export function useEditorStore(props: LoomOptions): LoomStore {
  const { store: given, library, engine, readOnly, document } = props;
  const [own] = useState(() =>
    given !== undefined || library === undefined
      ? undefined
      : createLoomStore({
          library,
          engine,
          readOnly: readOnly ?? false,
          // Read once: later default documents are ignored, as `defaultValue` is.
          ...initialDocument(document ?? props.defaultDocument),
          // Effects listen: a store that React makes and drops must leave nothing behind.
          connect: false,
        }),
  );
  const store = given ?? own;
  if (store === undefined) throw new TypeError('<LoomEditor> and <LoomProvider> need a `library`, or a `store`.');

  useIsomorphicLayoutEffect(() => {
    if (given !== undefined) return;
    if (library !== undefined) store.setLibrary(library);
    store.setEngine(engine);
    store.setReadOnly(readOnly ?? false);
  }, [given, store, library, engine, readOnly]);
  useEffect(() => store.connect(), [store]);
  useEffect(
    () => () => {
      // Nobody could see or stop these runs any more, and they would keep the engine from others.
      if (given === undefined) store.stop();
    },
    [given, store],
  );
  useChanges(store, props);
  return store;
}

function initialDocument(document: FlowDocument | undefined): { document?: FlowDocument } {
  return document === undefined ? {} : { document };
}

/** Tells the app of changes, and keeps to the document that it gives. */
function useChanges(store: LoomStore, props: LoomOptions): void {
  const latest = useLatest(props);
  const histories = useRef(new WeakMap<FlowDocument, History>());
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);

  useIsomorphicLayoutEffect(() => {
    const commits = createCommitTracker((document, change) => latest.current.onCommit?.(document, change));
    const unsubscribe = store.subscribeChanges((document, change, previous) => {
      histories.current.set(previous.document, previous.history);
      histories.current.set(document, store.getState().flow.history);
      latest.current.onChange?.(document, change);
      commits.take(document, change);
      // An app that keeps its document as it was says no: the effect below then takes the change back.
      if (latest.current.document !== undefined) renderAgain();
    });
    const unsubscribeNotices = store.subscribeNotices((notice) => latest.current.onNotify?.(notice));
    return () => {
      unsubscribe();
      unsubscribeNotices();
      commits.flush();
    };
  }, [store, latest]);

  // After every render: the document of the app wins by identity. One that came from here brings its history along.
  useIsomorphicLayoutEffect(() => {
    const { document } = props;
    if (document === undefined || document === store.getState().flow.document) return;
    store.replaceDocument(document, histories.current.get(document));
  });
}
