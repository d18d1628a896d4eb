import { LoomError } from '@loom/graph';
import type { Clock } from '../../clock.js';

/** A browser whose storage process hangs answers nothing at all. */
const TIMEOUT_MS = 10_000;

/** What a request gives, once it does. Its failure also aborts its transaction. */
export function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Does some work in a transaction; resolves when all of it is kept. The work may await its own requests and nothing else,
 * or the transaction ends under it.
 */
export function transact<Result>(
  database: IDBDatabase,
  mode: 'readonly' | 'readwrite',
  stores: readonly string[],
  clock: Clock,
  work: (transaction: IDBTransaction) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    // A cache need not survive a power cut; waiting for the disk costs several times as much.
    const transaction = database.transaction([...stores], mode, { durability: 'relaxed' });
    const working = work(transaction);
    let fault: unknown;
    const giveUp = (error: unknown): void => {
      fault ??= error;
      try {
        transaction.abort();
      } catch {
        // It has ended by itself.
      }
    };
    const timer = clock.setTimeout(() => {
      const error = new LoomError('tier/timed-out', `IndexedDB did not answer within ${TIMEOUT_MS / 1_000} seconds.`);
      giveUp(error);
      reject(error);
    }, TIMEOUT_MS);
    transaction.oncomplete = () => {
      clock.clearTimeout(timer);
      resolve(working);
    };
    transaction.onabort = () => {
      clock.clearTimeout(timer);
      // First what ended the transaction: its requests then only say that they were ended.
      reject(transaction.error ?? fault ?? new DOMException('The connection was lost.', 'AbortError'));
    };
    working.catch(giveUp);
  });
}
