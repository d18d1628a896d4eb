import type { PackedValue } from '../link/protocol.js';
import { transferable } from '../link/transferable.js';
import type { Session } from '../pool/session.js';
import type { HeldValue, SavedPack } from './held-value.js';

/** Copies that the page keeps, all together: the oldest go first. */
const MAX_SAVED_BYTES = 16_000_000;

/**
 * Small values that outlive their worker: where memory cannot be shared, code that computes can be stopped only by ending its
 * worker, and then what it held would have to be computed again. Workers send copies as they tell of values.
 */
export class SavedValues {
  readonly #packs = new Set<SavedPack>();
  #bytes = 0;

  /** Keeps a pack, of values in the order of its list. One that is not held any more is undefined. */
  keep(from: Session, values: readonly (HeldValue | undefined)[], packed: PackedValue): void {
    const bytes = transferable(packed.buffers).reduce(
      (sum, { byteLength }) => sum + byteLength,
      packed.data.byteLength,
    );
    const pack: SavedPack = { packed, from, places: new Map(), bytes };
    for (const [place, held] of values.entries()) {
      if (!held) continue;
      held.saved = pack;
      pack.places.set(held, place);
    }
    if (pack.places.size === 0) return;
    this.#packs.add(pack);
    this.#bytes += bytes;
    for (const oldest of this.#packs) {
      if (this.#bytes <= MAX_SAVED_BYTES) break;
      this.#drop(oldest);
    }
  }

  /** A value was let go. */
  forget(held: HeldValue): void {
    const pack = held.saved;
    if (!pack) return;
    pack.places.delete(held);
    if (pack.places.size === 0) this.#drop(pack);
  }

  #drop(pack: SavedPack): void {
    if (!this.#packs.delete(pack)) return;
    this.#bytes -= pack.bytes;
    for (const held of pack.places.keys()) delete held.saved;
  }
}
