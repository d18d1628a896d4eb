import type { PackedValue } from '../link/protocol.js';
import type { Session } from '../pool/session.js';

/** One value, and the workers that have it. */
export interface HeldValue {
  readonly handle: string;
  readonly bytes: number;
  /** The worker that made it, until that ends and a copy takes its place. None while it is only saved. */
  home: Session | undefined;
  inner: string;
  /** True for what cannot be copied, as a stream or an open file: its tasks go where it is. */
  stays: boolean;
  copies?: Map<Session, string>;
  /** Where its saved copy is. */
  saved?: SavedPack;
}

/** Values that were saved together. */
export interface SavedPack {
  readonly packed: PackedValue;
  /** The worker that made them: it knows the node types whose classes they may need. */
  readonly from: Session;
  /** Those that are still held, with their places in the packed list. */
  readonly places: Map<HeldValue, number>;
  readonly bytes: number;
}

/** The handle of a value inside of a worker that has it. */
export function innerOf(held: HeldValue, session: Session): string | undefined {
  return held.home === session ? held.inner : held.copies?.get(session);
}

/** Notes a copy. */
export function addCopy(held: HeldValue, session: Session, inner: string): void {
  held.copies ??= new Map();
  held.copies.set(session, inner);
}
