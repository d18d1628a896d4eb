import { LoomError } from '@loom/graph';
import type { Session } from '../pool/session.js';
import { CancelLadder } from './cancel-ladder.js';

/** Without shared memory, code that does not even answer in this part of its grace is busy and will not hear anything later. */
const DEAF_SHARE = 0.3;

/** Begins to stop a batch or a take of a worker, and that worker if it must be. */
export function stopCode({ connection, interrupt }: Session, sequence: number, graceMs: number): CancelLadder {
  return new CancelLadder(
    {
      // Its loss is told in another way.
      ask: () => void connection.call('cancel', sequence).catch(() => {}),
      ...(interrupt ? { interrupt: () => interrupt.interrupt(sequence) } : {}),
      terminate: () => connection.close(new LoomError('executor/cancelled', 'Python did not stop when asked.')),
    },
    { graceMs, deafGraceMs: graceMs * DEAF_SHARE },
  );
}
