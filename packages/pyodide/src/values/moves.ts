import type { Batch, InputSource, NodeError, ValueRef } from '@loom/engine';
import { faultFrom } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { refsOf } from '../batch/batch-message.js';
import type { PackedValue } from '../link/protocol.js';
import { ownCopy } from '../link/transferable.js';
import { wireError } from '../link/wire-error.js';
import { moveTime } from '../pool/lane-choice.js';
import type { Membership } from '../pool/membership.js';
import type { Session } from '../pool/session.js';
import { addCopy, type HeldValue, innerOf, type SavedPack } from './held-value.js';
import type { ValueTable } from './value-table.js';

/** What it would take to have some values in a worker. */
export function moving(values: Iterable<HeldValue>, to: Session): { readonly moveMs: number; readonly fits: boolean } {
  let count = 0;
  let bytes = 0;
  let fits = true;
  let isDeaf = false;
  for (const held of values) {
    if (innerOf(held, to) !== undefined) continue;
    count++;
    bytes += held.bytes;
    if (held.stays) fits = false;
    if (held.home?.isDeaf) isDeaf = true;
  }
  return { moveMs: isDeaf ? Number.POSITIVE_INFINITY : moveTime(count, bytes), fits };
}

/** The values that a batch needs, each once. Those that are lost are not among them. */
export function valuesOf(inputs: Iterable<InputSource>, table: ValueTable): ReadonlySet<HeldValue> {
  const values = new Set<HeldValue>();
  for (const ref of refsOf(inputs)) {
    const held = table.find(ref);
    if (held) values.add(held);
  }
  return values;
}

/** All inputs of a batch. */
export function* inputsOf(batch: Batch): Generator<InputSource> {
  for (const { inputs } of batch.tasks) yield* Object.values(inputs);
}

/** What a worker that has a batch may take to answer; computing code lets it answer only at its end. */
const ANSWER_MS = 100;

/** Some worker that has what is needed computes, and does not answer. */
export type NotHeard = 'not-heard';

/**
 * {@link bring}, without waiting for workers that compute: those are marked as deaf until they answer, and what they have
 * comes when it can.
 */
export async function bringNow(
  values: ReadonlySet<HeldValue>,
  to: Session,
  pool: Pick<Membership, 'isBusy' | 'lookAgain'>,
): Promise<ReadonlyMap<HeldValue, NodeError> | NotHeard> {
  const missing = [...values].filter((held) => innerOf(held, to) === undefined);
  if (missing.length === 0) return new Map();
  const busy = new Set(missing.flatMap(({ home }) => (home && pool.isBusy(home) ? home : [])));
  const bringing = bring(missing, to);
  if (busy.size === 0) return bringing;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<NotHeard>((resolve) => {
    timer = setTimeout(() => {
      for (const session of busy) session.isDeaf = true;
      const heard = () => {
        for (const session of busy) session.isDeaf = false;
        pool.lookAgain();
      };
      bringing.then(heard, heard);
      resolve('not-heard');
    }, ANSWER_MS);
  });
  try {
    return await Promise.race([bringing, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Copies values into a worker: pickled in the one that has them, with their buffers handed over, or as they were saved before
 * their worker ended. Notes those that cannot be copied. Values that went with their worker meanwhile are left to whoever misses them.
 *
 * @returns why some of them could not be brought.
 */
export async function bring(values: Iterable<HeldValue>, to: Session): Promise<ReadonlyMap<HeldValue, NodeError>> {
  const faults = new Map<HeldValue, NodeError>();
  const bySource = new Map<Session, HeldValue[]>();
  const saved = new Set<SavedPack>();
  for (const held of values) {
    if (innerOf(held, to) !== undefined) continue;
    if (held.stays) faults.set(held, faultFrom(staysError()));
    else if (held.home) bySource.set(held.home, [...(bySource.get(held.home) ?? []), held]);
    else if (held.saved) saved.add(held.saved);
  }
  await Promise.all([
    ...Array.from(bySource, async ([from, all]) => {
      for (const [held, fault] of await copy(all, from, to)) faults.set(held, fault);
    }),
    ...Array.from(saved, (pack) => restore(pack, to)),
  ]);
  return faults;
}

/** Brings all values of a pack back, whichever of them is needed: they travel as one. */
async function restore(pack: SavedPack, to: Session): Promise<void> {
  const { connection } = to;
  tellTypes(pack.from, to);
  // The pack stays: the next worker may have to be ended too.
  const packed = { data: pack.packed.data.slice(0), buffers: pack.packed.buffers.map(ownCopy) };
  const answer = await connection.callWith('restore', [packed.data, ...packed.buffers], packed).catch((fault) => {
    if (connection.isClosed) throw fault;
  });
  if (answer === undefined) {
    // It is as lost as anything that nobody saved: whoever needs it computes it again.
    for (const held of pack.places.keys()) delete held.saved;
    return;
  }
  const handles = JSON.parse(answer) as string[];
  const unwanted = new Set(handles);
  for (const [held, place] of pack.places) {
    const inner = handles[place] as string; // one for each value of the list
    if (!held.home) [held.home, held.inner] = [to, inner];
    else if (innerOf(held, to) === undefined) addCopy(held, to, inner);
    else continue;
    unwanted.delete(inner);
  }
  if (unwanted.size > 0) void connection.call('release', JSON.stringify([...unwanted])).catch(() => {});
}

/** Instances of classes are made again from their class, which is in the module of a node. */
function tellTypes(from: Session, to: Session): void {
  const news = to.news(from.known);
  if (news.length > 0) void to.connection.call('define', JSON.stringify(news)).catch(() => {});
}

async function copy(
  values: readonly HeldValue[],
  from: Session,
  to: Session,
): Promise<readonly (readonly [HeldValue, NodeError])[]> {
  const faults: (readonly [HeldValue, NodeError])[] = [];
  const packed: PackedValue[] = [];
  const sent: HeldValue[] = [];
  const handles = values.map(({ inner }) => inner);
  const answer = await from.connection.call('pack', JSON.stringify(handles)).catch(() => []);
  for (const [index, each] of answer.entries()) {
    const held = values[index] as HeldValue; // one answer for each
    if ('fault' in each) {
      const error = wireError(each.fault);
      if (error.code === 'value/lost') continue;
      held.stays = true;
      faults.push([held, faultFrom(error)]);
    } else {
      packed.push(each);
      sent.push(held);
    }
  }
  if (packed.length === 0) return faults;
  tellTypes(from, to);
  const buffers = packed.flatMap((each) => [each.data, ...each.buffers]);
  const unpacked = await to.connection.callWith('unpack', buffers, packed);
  for (const [index, each] of unpacked.entries()) {
    const held = sent[index] as HeldValue; // one answer for each
    if (typeof each === 'string') addCopy(held, to, each);
    else faults.push([held, faultFrom(wireError(each.fault))]);
  }
  return faults;
}

function staysError(): LoomError {
  return new LoomError('value/not-portable', 'It cannot be copied.');
}

/** Says for a task which of its inputs could not be brought to its worker. */
export function notBrought(
  inputs: Readonly<Record<string, InputSource>>,
  table: ValueTable,
  faults: ReadonlyMap<HeldValue, NodeError>,
): NodeError | undefined {
  for (const [port, input] of Object.entries(inputs)) {
    for (const held of valuesOf([input], table)) {
      const cause = faults.get(held);
      if (!cause) continue;
      const message =
        `The input "${port}" is in another worker than other inputs of this node, and cannot be brought there: ` +
        `${cause.message} Values that cannot be pickled need all of their nodes in one worker (lanes: 1).`;
      return { code: 'value/not-portable', message, frames: [], cause };
    }
  }
  return undefined;
}

/** The worker that has most of some values, by their bytes. */
export function mostlyHeldBy(values: Iterable<HeldValue>): Session | undefined {
  const bytes = new Map<Session, number>();
  let most: Session | undefined;
  for (const held of values) {
    for (const session of [...(held.home ? [held.home] : []), ...(held.copies?.keys() ?? [])]) {
      const weight = held.stays ? Number.POSITIVE_INFINITY : held.bytes + 1;
      bytes.set(session, (bytes.get(session) ?? 0) + weight);
      if (!most || (bytes.get(session) ?? 0) > (bytes.get(most) ?? 0)) most = session;
    }
  }
  return most;
}

/**
 * A worker that has the value, and its handle there. What is only saved is brought to a worker that is ready.
 *
 * @throws LoomError `value/lost`.
 */
export async function reach(
  held: HeldValue | undefined,
  ref: ValueRef,
  ready: () => Promise<Session>,
): Promise<readonly [Session, string]> {
  if (held && !held.home && held.saved) await bring([held], await ready());
  if (held?.home) return [held.home, held.inner];
  throw lostError(ref);
}

/** For values that have to be somewhere: why they are not. */
function lostError(ref: ValueRef): LoomError {
  return new LoomError('value/lost', 'The value is gone: the worker that held it has ended. Run its node again.', {
    context: { ...ref },
  });
}
