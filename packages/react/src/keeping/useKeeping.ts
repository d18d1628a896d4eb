import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useStableRecord } from '../hooks/useStableRecord.js';
import type { LoomStore } from '../store/loom-store.js';
import { rootStore } from '../subgraph/opened-store.js';
import { type Autosave, createAutosave, type KeepingState } from './autosave.js';
import type { FlowStorage } from './flow-storage.js';

/** Where an editor keeps unsaved work, and under which name. */
export interface EditorStorage {
  readonly adapter: FlowStorage;
  /** Names the flow. Where two windows edit under one key, the second is told and chooses a version. */
  readonly key: string;
}

const NOTHING: KeepingState = { failure: undefined, offers: [], foreign: undefined };

/** Keeps the edits of a store, and tells what people should know about it. Undefined where there is no storage. */
export function useKeeping(
  store: LoomStore,
  given: EditorStorage | undefined,
): { readonly state: KeepingState; readonly autosave: Autosave | undefined } {
  const storage = useStableRecord(given);
  const [autosave, setAutosave] = useState<Autosave>();
  useEffect(() => {
    if (storage === undefined) return undefined;
    const created = createAutosave({ ...storage, initial: rootStore(store).getState().flow.document });
    setAutosave(created);
    const unsubscribe = store.subscribeChanges((document) => created.changed(document));
    // Of a page that goes, this is the last sign that can be relied on, also on phones.
    const onHidden = () => {
      if (window.document.visibilityState === 'hidden') created.flush();
    };
    // Who comes back to this window has perhaps worked in another one.
    window.addEventListener('focus', created.check);
    window.document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('pagehide', created.flush);
    return () => {
      unsubscribe();
      window.document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('pagehide', created.flush);
      window.removeEventListener('focus', created.check);
      created.dispose();
      setAutosave(undefined);
    };
  }, [store, storage]);
  const subscribe = useCallback(
    (listener: () => void) => autosave?.subscribe(listener) ?? (() => undefined),
    [autosave],
  );
  const read = () => autosave?.state ?? NOTHING;
  return { state: useSyncExternalStore(subscribe, read, () => NOTHING), autosave };
}
