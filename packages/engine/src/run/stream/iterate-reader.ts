import { LoomError } from '@loom/graph';
import { NodeFault } from '../../node-fault.js';
import type { Passed } from '../passed.js';
import type { RunValues } from '../run-values.js';
import type { ChannelReader } from './channel.js';

/** A stream as a function of this realm takes it: an iterator that waits for items. Leaving it early closes the reader. */
export async function* iterateReader(
  reader: ChannelReader,
  values: Pick<RunValues, 'read' | 'release'>,
  turn: () => void,
): AsyncGenerator<unknown> {
  let wake: () => void = () => {};
  reader.attach(() => wake());
  try {
    for (;;) {
      const item = reader.next();
      if (item) {
        yield await readItem(item, values);
        continue;
      }
      const { end } = reader;
      if (end?.kind === 'done') return;
      if (end?.kind === 'failed') {
        reader.break(end.blame);
        throw new NodeFault(end.error);
      }
      if (end) throw new LoomError('run/cancelled', 'The stream was cancelled.');
      const arrived = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // Room was made: whoever gives the items may go on.
      turn();
      if (reader.waiting === 0 && !reader.end) await arrived;
    }
  } finally {
    reader.close();
    turn();
  }
}

/** The value of an item, wherever it is held; it is let go there. */
async function readItem(item: Passed, values: Pick<RunValues, 'read' | 'release'>): Promise<unknown> {
  if (!item.summary) return item.value;
  try {
    return await values.read(item);
  } finally {
    values.release([item.summary.ref]);
  }
}
