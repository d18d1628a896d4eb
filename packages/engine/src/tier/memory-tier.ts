import { closedError, throwIfAborted } from './refusal.js';
import type { ResultTier, StoredResult } from './result-tier.js';
import { copyOf, sizeOf } from './stored-result.js';

const DEFAULT_BYTES = 64 * 1024 * 1024;

/** Options of {@link memoryTier}. */
export interface MemoryTierOptions {
  /** About how much it may hold. @default 67108864 (64 MiB) */
  readonly maxBytes?: number;
}

interface Entry {
  readonly result: StoredResult;
  readonly bytes: number;
}

/**
 * A tier that lasts as long as the page: shared by several engines, or a stand-in where nothing can be stored.
 *
 * @example
 * ```ts
 * const tier = memoryTier({ maxBytes: 10_000_000 });
 * ```
 */
export function memoryTier({ maxBytes = DEFAULT_BYTES }: MemoryTierOptions = {}): ResultTier {
  /** In the order of their last use. */
  const entries = new Map<string, Entry>();
  let total = 0;
  let isClosed = false;

  const remove = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry) {
      entries.delete(key);
      total -= entry.bytes;
    }
    return entry;
  };
  const add = (key: string, entry: Entry): void => {
    entries.set(key, entry);
    total += entry.bytes;
  };
  const checkOpen = (): void => {
    if (isClosed) throw closedError();
  };

  return {
    async get(key, signal) {
      checkOpen();
      throwIfAborted(signal);
      const entry = remove(key);
      if (!entry) return undefined;
      add(key, entry);
      return copyOf(entry.result);
    },
    async set(key, result) {
      checkOpen();
      const entry = { result: copyOf(result), bytes: sizeOf(key, result) };
      remove(key);
      if (entry.bytes > maxBytes) return;
      add(key, entry);
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        remove(oldest);
      }
    },
    async delete(key) {
      checkOpen();
      remove(key);
    },
    async clear() {
      checkOpen();
      entries.clear();
      total = 0;
    },
    async close() {
      isClosed = true;
      entries.clear();
      total = 0;
    },
  };
}
