import type { FlowDocument } from '@loom/graph';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useStableRecord } from '../hooks/useStableRecord.js';
import type { LoomStore } from '../store/loom-store.js';
import { rootStore } from '../subgraph/opened-store.js';
import { type Autosave, createAutosave, type KeepingState } from './autosave.js';
import type { EditorStorage } from './flow-storage.js';

const NOTHING: KeepingState = { failure: undefined, offers: [], foreign: undefined };

/**
 * Keeps the edits of a store, and tells what people should know about it. `before` is the flow as it stood when the editor
 * began: it may have been edited until the code of this was there.
 */
export function useKeeping(
  store: LoomStore,
  given: EditorStorage,
  before: FlowDocument,
): { readonly state: KeepingState; readonly autosave: Autosave | undefined } {
  const storage = useStableRecord(given);
  const begun = useRef<FlowDocument | undefined>(before);
  const [autosave, setAutosave] = useState<Autosave>();
  useEffect(() => {
    const { document: now } = rootStore(store).getState().flow;
    const initial = begun.current ?? now;
    begun.current = undefined;
    const created = createAutosave({ ...storage, initial });
    if (now !== initial) created.changed(now);
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
