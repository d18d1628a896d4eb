import type { TakenItems, TakeOptions, TaskEvent } from '@loom/engine';
import type { LoomError } from '@loom/graph';
import type { RuntimeItems, RuntimeItemsRequest } from '@loom/python';
import type { CancelLadder } from '../cancel/cancel-ladder.js';
import { stopCode } from '../cancel/stop-code.js';
import { wireError } from '../link/wire-error.js';
import type { SequenceSignal, Session } from '../pool/session.js';
import type { ValueTable } from '../values/value-table.js';
import { isSaid } from './said.js';
import type { TaskScope } from './task-scope.js';

/** What a take needs of its executor. */
export interface TakeContext {
  readonly values: ValueTable;
  readonly scope: TaskScope;
  /** How long code may take to stop before its worker is ended. */
  readonly graceMs: number;
}

/** Takes items out of a value. Goes on beside batches, and ends with items or with a reason, whatever becomes of the worker. */
export async function takeItems(
  session: Session,
  handle: string,
  options: TakeOptions,
  { values, scope, graceMs }: TakeContext,
): Promise<TakenItems> {
  const { signal, from, max, onEvents } = options;
  signal.throwIfAborted();
  const letGo = session.connection.hold();
  let ladder: CancelLadder | undefined;
  let sequence = 0;
  const climb = () => {
    ladder = stopCode(session, sequence, graceMs);
  };
  try {
    return await new Promise<TakenItems>((resolve, reject) => {
      // What stopping did to the code is of no interest to who asked for it.
      const fail = (fault: LoomError) => reject(signal.aborted ? signal.reason : fault);
      sequence = session.follow({
        onSignal(said: SequenceSignal) {
          if (said.kind === 'events') onEvents?.(saidWhileTaking(scope, said.events));
          else if (said.kind === 'cancelling') ladder?.heard();
          else if (said.kind === 'finished' && said.fault) fail(wireError(said.fault));
          else if (said.kind === 'finished') {
            const { items, isDone } = JSON.parse(said.value ?? '') as RuntimeItems;
            resolve({ items: items.map((item) => values.summary(session, item)), isDone });
          }
        },
        onLost: fail,
      });
      signal.addEventListener('abort', climb, { once: true });
      const request: RuntimeItemsRequest = { from, max };
      session.connection.call('take', sequence, handle, JSON.stringify(request)).catch(fail);
    });
  } finally {
    session.unfollow(sequence);
    ladder?.stop();
    signal.removeEventListener('abort', climb);
    letGo();
  }
}

/** All that code behind streams says. */
function saidWhileTaking(scope: TaskScope, text: string): readonly TaskEvent[] {
  return scope.messages(text).filter(isSaid);
}
