import type { Batch, InputSource, NodeError, ValueRef } from '@loom/engine';
import { faultFrom } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { refsOf } from '../batch/batch-message.js';
import type { PackedValue } from '../link/protocol.js';
import { wireError } from '../link/wire-error.js';
import { moveTime } from '../pool/lane-choice.js';
import type { WorkerPool } from '../pool/pool.js';
import type { Session } from '../pool/session.js';
import { addCopy, type HeldValue, innerOf, type ValueTable } from './value-table.js';

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
    if (held.home.isDeaf) isDeaf = true;
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
  pool: Pick<WorkerPool, 'isBusy' | 'lookAgain'>,
): Promise<ReadonlyMap<HeldValue, NodeError> | NotHeard> {
  const missing = [...values].filter((held) => innerOf(held, to) === undefined);
  if (missing.length === 0) return new Map();
  const busy = new Set(missing.map(({ home }) => home).filter((home) => pool.isBusy(home)));
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
 * Copies values into a worker: pickled in the one that has them, with their buffers handed over. Notes those that cannot
 * be copied. Values that went with their worker meanwhile are left to whoever misses them.
 *
 * @returns why some of them could not be brought.
 */
export async function bring(values: Iterable<HeldValue>, to: Session): Promise<ReadonlyMap<HeldValue, NodeError>> {
  const faults = new Map<HeldValue, NodeError>();
  const bySource = new Map<Session, HeldValue[]>();
  for (const held of values) {
    if (innerOf(held, to) !== undefined) continue;
    if (held.stays) faults.set(held, faultFrom(staysError()));
    else bySource.set(held.home, [...(bySource.get(held.home) ?? []), held]);
  }
  await Promise.all(
    Array.from(bySource, async ([from, all]) => {
      for (const [held, fault] of await copy(all, from, to)) faults.set(held, fault);
    }),
  );
  return faults;
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
  // Instances of classes are made again from their class, which is in the module of a node.
  const news = to.news(from.known);
  if (news.length > 0) void to.connection.call('define', JSON.stringify(news)).catch(() => {});
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
    for (const session of [held.home, ...(held.copies?.keys() ?? [])]) {
      const weight = held.stays ? Number.POSITIVE_INFINITY : held.bytes + 1;
      bytes.set(session, (bytes.get(session) ?? 0) + weight);
      if (!most || (bytes.get(session) ?? 0) > (bytes.get(most) ?? 0)) most = session;
    }
  }
  return most;
}

/** For values that have to be somewhere: why they are not. */
export function lostError(ref: ValueRef): LoomError {
  return new LoomError('value/lost', 'The value is gone: the worker that held it has ended. Run its node again.', {
    context: { ...ref },
  });
}
