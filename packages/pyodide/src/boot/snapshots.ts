/**
 * Where memory snapshots of Python are kept. Each has some 31 MB, as a blob: the page hands it to a worker without looking
 * into it, and only there it is read.
 */
export interface SnapshotStore {
  get(key: string): Promise<Blob | undefined>;
  put(key: string, snapshot: Blob): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Snapshots while the page lives. */
export class MemoryStore implements SnapshotStore {
  readonly #snapshots = new Map<string, Blob>();

  async get(key: string): Promise<Blob | undefined> {
    return this.#snapshots.get(key);
  }

  async put(key: string, snapshot: Blob): Promise<void> {
    this.#snapshots.clear();
    this.#snapshots.set(key, snapshot);
  }

  async delete(key: string): Promise<void> {
    this.#snapshots.delete(key);
  }
}

/**
 * The snapshot that fits one kind of worker. Nothing depends on it: whatever goes wrong, Python starts without one, and
 * one that did not work is not used again.
 */
export class Snapshots {
  readonly #store: SnapshotStore;
  readonly #key: string;
  /** `absent`: one should be made. */
  #state: 'unknown' | 'absent' | 'present' | 'unusable' = 'unknown';

  constructor(store: SnapshotStore, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** Whether one was looked for and there is none. */
  get isAbsent(): boolean {
    return this.#state === 'absent';
  }

  async load(): Promise<Blob | undefined> {
    if (this.#state === 'unusable' || this.#state === 'absent') return undefined;
    const snapshot = await this.#store.get(this.#key).catch(() => undefined);
    this.#state = snapshot ? 'present' : 'absent';
    return snapshot;
  }

  async save(snapshot: Blob): Promise<void> {
    try {
      await this.#store.put(this.#key, snapshot);
      this.#state = 'present';
    } catch {
      // A full disk, or a page that may store nothing.
      this.#state = 'unusable';
    }
  }

  /** It does not work, or cannot be made. */
  async giveUp(): Promise<void> {
    this.#state = 'unusable';
    await this.#store.delete(this.#key).catch(() => {});
  }
}

/**
 * Names the snapshot of some Python files and some harness. The version of Pyodide is not among them: Pyodide itself
 * refuses snapshots of other builds. What the browser can do is burnt into a snapshot, so it is part of the name.
 */
export function snapshotKey(indexUrl: string, harness: Readonly<Record<string, string>>): string {
  const canSuspend = 'Suspending' in WebAssembly ? 'jspi' : 'plain';
  const text = Object.entries(harness)
    .map(([name, source]) => `${name}\n${source}`)
    .join('\n');
  return `1 ${indexUrl} ${canSuspend} ${text.length.toString(36)} ${hash(text, 1)}${hash(text, 2)}`;
}

/** Tells texts apart, 32 bits at a time (FNV-1a). */
function hash(text: string, seed: number): string {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}
