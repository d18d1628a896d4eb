import type { CallContext } from '../call/context.js';
import type { TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { StreamOrigin } from './item-stream.js';
import type { Items } from './items.js';
import { LateOutput } from './late-output.js';

/** A task that gave streams. */
export interface StreamingTask {
  readonly id: string;
  readonly context: CallContext<string>;
  /** Streams among its inputs. */
  readonly reads: readonly object[];
  faultOf(thrown: unknown): NodeError;
}

/** What batches need to know of their executor for it. */
export interface StreamHost {
  readonly items: Items;
  /** Calls that go on, by task: asynchronous ones, and those whose streams have not ended. */
  readonly calls: Map<string, CallContext<string>>;
}

const nothing = (): void => {};

/** The streams that tasks of one batch read and give. */
export class BatchStreams {
  readonly #host: StreamHost;
  readonly #outputs = new Map<string, LateOutput>();

  constructor(host: StreamHost) {
    this.#host = host;
  }

  /** Hears what the code behind streams says while a task reads them. Returns how to end that. */
  hear(streams: readonly object[], listener: (event: TaskEvent) => void): () => void {
    if (streams.length === 0) return nothing;
    const stops = streams.map((stream) => this.#host.items.listen(stream, (events) => events.forEach(listener)));
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Follows the code behind the streams of a task, which goes on when the task has ended. */
  follow({ id, context, reads, faultOf }: StreamingTask, streams: readonly unknown[]): void {
    const { items, calls } = this.#host;
    const output = new LateOutput();
    let open = 0;
    const origin: StreamOrigin = {
      output,
      reads,
      faultOf,
      onEnd: (reason) => {
        open--;
        if (open > 0) return;
        this.#outputs.delete(id);
        calls.delete(id);
        if (reason) context.stop(reason);
      },
    };
    // A stream that was only handed on belongs to the task that made it.
    for (const stream of streams) if (items.adopt(stream, origin)) open++;
    if (open === 0) return;
    this.#outputs.set(id, output);
    calls.set(id, context);
  }

  /** Takes what is said of a task that has ended: only the code behind its streams still has something to say. */
  tell(event: TaskEvent): void {
    this.#outputs.get(event.task)?.tell(event);
  }
}
