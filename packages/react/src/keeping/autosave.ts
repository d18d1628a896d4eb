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
  /** Writes what is pending and ends. Twice is fine. */
  dispose(): void;
}

/** Begins to keep work: reads what was kept before, then writes. Never two writes at once. */
export function createAutosave(options: AutosaveOptions): Autosave {
  const { adapter, key, initial, now = Date.now, later = afterTimeout } = options;
  const listeners = new Set<() => void>();
  let state: KeepingState = { failure: undefined, offers: [] };
  let isRead = false;
  let isBusy = false;
  let isDisposed = false;
  let attempts = 0;
  /** The newest document of this session, and whether the storage has it. */
  let newest: FlowDocument | undefined;
  let isPending = false;
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
    if (found === undefined || isDisposed) return;
    const same = save(initial);
    const versions = [found, ...(found.unanswered === undefined ? [] : [found.unanswered])];
    setState({ offers: versions.filter(({ text }) => text !== same) });
  }

  async function write(): Promise<void> {
    isPending = false;
    const [unanswered] = state.offers;
    if (newest === undefined) {
      if (unanswered === undefined) await adapter.remove(key);
      else await adapter.write(key, unanswered);
      return;
    }
    const kept: KeptFlow = { text: save(newest), savedAt: now() };
    await adapter.write(key, unanswered === undefined ? kept : { ...kept, unanswered });
  }

  /** Does what is to do next; what comes up meanwhile is done after it. */
  async function work(): Promise<void> {
    cancelTimer();
    if (isBusy) return;
    isBusy = true;
    try {
      // Writing before reading would write over what was kept.
      if (!isRead) await read();
      while (isPending) await write();
      attempts = 0;
      if (state.failure !== undefined) setState({ failure: undefined });
    } catch (error) {
      isPending = isPending || isRead;
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
