import type { FlowDocument } from '@loom/graph';
import type { DocumentChange } from '../store/document-slice.js';

/** A burst of typing counts as over after this long without a key, in milliseconds. */
export const COMMIT_IDLE_MS = 600;

/** Receives a document once per gesture. */
export type CommitListener = (document: FlowDocument, change: DocumentChange) => void;

/** Turns changes into commits: one per gesture, where typing into one field is one gesture. */
export function createCommitTracker(commit: CommitListener): {
  take(document: FlowDocument, change: DocumentChange): void;
  /** Commits what is pending, such as when the focus leaves. */
  flush(): void;
} {
  let pending: { document: FlowDocument; change: DocumentChange; timer: ReturnType<typeof setTimeout> } | undefined;

  function flush(): void {
    if (pending === undefined) return;
    const { document, change, timer } = pending;
    pending = undefined;
    clearTimeout(timer);
    commit(document, change);
  }

  return {
    take(document, change) {
      const continues = pending !== undefined && pending.change.mergeKey === change.mergeKey;
      if (continues && pending !== undefined) clearTimeout(pending.timer);
      else flush();
      if (change.mergeKey === undefined) {
        commit(document, change);
        return;
      }
      pending = { document, change, timer: setTimeout(flush, COMMIT_IDLE_MS) };
    },
    flush,
  };
}
