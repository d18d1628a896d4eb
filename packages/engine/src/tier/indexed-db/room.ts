import { BY_USE, STORES } from './connection.js';
import { resultOf } from './transaction.js';

/** The one key of {@link STORES.totals}. */
const TOTAL = 'bytes';

/** What is known of a result without reading it. */
export interface Use {
  readonly bytes: number;
  /** Milliseconds; the result with the smallest goes first. */
  readonly usedAt: number;
}

/** The room that all results take. Kept beside them, so that nobody has to add it up; all tabs of a site share it. */
export async function readTotal(transaction: IDBTransaction): Promise<number> {
  const total: unknown = await resultOf(transaction.objectStore(STORES.totals).get(TOTAL));
  return typeof total === 'number' ? total : 0;
}

export function writeTotal(transaction: IDBTransaction, total: number): void {
  transaction.objectStore(STORES.totals).put(total, TOTAL);
}

async function readUse(transaction: IDBTransaction, key: string): Promise<Use | undefined> {
  return resultOf<Use | undefined>(transaction.objectStore(STORES.uses).get(key));
}

export function writeUse(transaction: IDBTransaction, key: string, use: Use): void {
  transaction.objectStore(STORES.uses).put(use, key);
}

/** Notes when results were used again; those that are gone stay gone. */
export async function writeUses(
  transaction: IDBTransaction,
  uses: readonly (readonly [key: string, usedAt: number])[],
): Promise<void> {
  for (const [key, usedAt] of uses) {
    const use = await readUse(transaction, key);
    if (use && use.usedAt < usedAt) writeUse(transaction, key, { ...use, usedAt });
  }
}

/** Removes a result; gives the room that this makes. */
export async function removeResult(transaction: IDBTransaction, key: string): Promise<number> {
  const use = await readUse(transaction, key);
  transaction.objectStore(STORES.results).delete(key);
  transaction.objectStore(STORES.uses).delete(key);
  return use?.bytes ?? 0;
}

/** Removes what was not used for the longest time until the rest fits; gives the room that the rest takes. */
export async function makeRoom(transaction: IDBTransaction, total: number, maxBytes: number): Promise<number> {
  if (total <= maxBytes) return total;
  let left = total;
  const uses = transaction.objectStore(STORES.uses);
  const request = uses.index(BY_USE).openCursor();
  for (let cursor = await resultOf(request); cursor && left > maxBytes; cursor = await resultOf(request)) {
    transaction.objectStore(STORES.results).delete(cursor.primaryKey);
    cursor.delete();
    left -= (cursor.value as Use).bytes;
    cursor.continue();
  }
  return left;
}
