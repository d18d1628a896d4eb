import { LoomError } from '@loom/graph';
import { NodeFault } from '../../node-fault.js';
import type { ChannelReader } from './channel.js';

/** A stream as a function of this realm takes it: an iterator that waits for items. Leaving it early closes the reader. */
export async function* iterateReader(reader: ChannelReader, turn: () => void): AsyncGenerator<unknown> {
  let wake: () => void = () => {};
  reader.attach(() => wake());
  try {
    for (;;) {
      const item = reader.next();
      if (item) {
        yield item.value;
        continue;
      }
      const { end } = reader;
      if (end?.kind === 'done') return;
      if (end?.kind === 'failed') throw new NodeFault(end.error);
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
