import { type FlowDocument, save } from '@loom/graph';
import type { FlowStorage, KeptFlow } from './flow-storage.js';

/** Edits are kept once they have paused for so long, and at the latest after {@link LATEST_MS}; in milliseconds. */
export const PAUSE_MS = 300;
export const LATEST_MS = 5000;
/** How long to wait before each further try, in milliseconds. After the last, the next edit or a click tries again. */
export const RETRY_MS: readonly number[] = [2000, 8000, 30_000];

/** One version of a flow. */
export type KeptVersion = Pick<KeptFlow, 'text' | 'savedAt'>;

/** What people should know about the keeping of their work. The same object as long as none of it changes. */
export interface KeepingState {
  /** Why work is not kept at the moment; undefined when all is well. */
  readonly failure: string | undefined;
  /** Work of before that is not in the flow, the newest first. */
  readonly offers: readonly KeptVersion[];
  /** What another window has kept under the same key meanwhile. Nothing is written over it before someone chooses. */
  readonly foreign: KeptVersion | undefined;
}

/** What {@link createAutosave} needs. */
export interface AutosaveOptions {
  readonly adapter: FlowStorage;
  readonly key: string;
  /** The flow as it stood at the start: what was kept and is the same is not offered. */
  readonly initial: FlowDocument;
  readonly now?: () => number;
  /** Calls back later; the result takes it back. */
  readonly later?: (callback: () => void, ms: number) => () => void;
}

/** Keeps the work of one editor under one key. */
export interface Autosave {
  readonly state: KeepingState;
  subscribe(listener: () => void): () => void;
  /** Notes a change; it is written when edits pause. */
  changed(document: FlowDocument): void;
  /** Writes what is pending now, such as when the page is about to go. */
  flush(): void;
  /** Tries again after a failure. */
  retry(): void;
  /** Takes the newest offer off the list: it was taken back, or is not wanted. */
  answer(): void;
  /** Looks whether another window has kept something meanwhile, such as when one comes back to this one. */
  check(): void;
  /** What another window kept is known now, taken or not: from here on this window writes again. */
  settle(): void;
  /** Writes what is pending and ends. Twice is fine. */
  dispose(): void;
}

/** Begins to keep work: reads what was kept before, then writes. Never two writes at once. */
export function createAutosave(options: AutosaveOptions): Autosave {
  const { adapter, key, initial, now = Date.now, later = afterTimeout } = options;
  const listeners = new Set<() => void>();
  let state: KeepingState = { failure: undefined, offers: [], foreign: undefined };
  let isRead = false;
  let isBusy = false;
  let isDisposed = false;
  let attempts = 0;
  /** The newest document of this session, and whether the storage has it. */
  let newest: FlowDocument | undefined;
  let isPending = false;
  /** What the storage has as far as this window knows. */
  let known: KeptFlow | undefined;
  let isWatching = false;
  let firstPending = 0;
  let cancelTimer = (): void => {};

  function setState(change: Partial<KeepingState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function schedule(ms: number): void {
    cancelTimer();
    cancelTimer = later(() => void work(), ms);
  }

  async function read(): Promise<void> {
    const found = await adapter.read(key);
    isRead = true;
    known = found;
    if (found !== undefined && !isDisposed) offer(found);
  }

  function offer(found: KeptFlow): void {
    const same = save(initial);
    const versions = [found, ...(found.unanswered === undefined ? [] : [found.unanswered])];
    setState({ offers: versions.filter(({ text }) => text !== same) });
  }

  /** Whether another window has written since. */
  async function isForeign(): Promise<boolean> {
    isWatching = false;
    const found = await adapter.read(key);
    if (found === undefined || found.text === known?.text) return false;
    if (newest === undefined) offer(found);
    else if (found.text !== save(newest)) {
      setState({ foreign: { text: found.text, savedAt: found.savedAt } });
      return true;
    }
    known = found;
    return false;
  }

  async function write(): Promise<void> {
    if (await isForeign()) return;
    isPending = false;
    const [unanswered] = state.offers;
    const own = newest && { text: save(newest), savedAt: now() };
    const kept: KeptFlow | undefined = own && unanswered ? { ...own, unanswered } : (own ?? unanswered);
    try {
      if (kept === undefined) await adapter.remove(key);
      else await adapter.write(key, kept);
      known = kept;
    } catch (error) {
      isPending = true;
      throw error;
    }
  }

  /** Does what is to do next; what comes up meanwhile is done after it. */
  async function work(): Promise<void> {
    cancelTimer();
    if (isBusy) return;
    isBusy = true;
    try {
      // Writing before reading would write over what was kept.
      if (!isRead) await read();
      while (isPending && state.foreign === undefined) await write();
      if (isWatching && state.foreign === undefined) await isForeign();
      attempts = 0;
      if (state.failure !== undefined) setState({ failure: undefined });
    } catch (error) {
      setState({ failure: error instanceof Error ? error.message : String(error) });
      const wait = RETRY_MS[attempts];
      attempts += 1;
      if (wait !== undefined && !isDisposed) schedule(wait);
    } finally {
      isBusy = false;
    }
  }

  void work();
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    changed(document) {
      if (isDisposed) return;
      newest = document;
      if (!isPending) firstPending = now();
      isPending = true;
      schedule(Math.max(0, Math.min(PAUSE_MS, firstPending + LATEST_MS - now())));
    },
    flush() {
      if (isPending && isRead) void work();
    },
    retry() {
      attempts = 0;
      void work();
    },
    answer() {
      setState({ offers: state.offers.slice(1) });
      isPending = true;
      schedule(0);
    },
    check() {
      if (!isRead || isDisposed) return;
      isWatching = true;
      void work();
    },
    settle() {
      known = state.foreign === undefined ? known : { ...state.foreign };
      setState({ foreign: undefined });
      if (newest === undefined) return;
      isPending = true;
      schedule(0);
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      cancelTimer();
      if (isPending && isRead) void work();
    },
  };
}

function afterTimeout(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
