import type { TaskEvent, ValueRef } from '@loom/engine';
import type { RuntimeRan } from '@loom/python';

const TYPE_NAMES: Readonly<Record<string, string>> = { i: 'int', f: 'float', b: 'bool', n: 'None' };

/** What becomes of tasks and values that are told of together. */
export interface RanTaker {
  /** Ends a task; false when it had ended before. */
  end(task: string): boolean;
  /** Takes in a value, by its handle in the worker. */
  keep(handle: string, bytes: number): ValueRef;
}

/**
 * Adds the events of tasks that are told of together; `tasks` are those of the batch, as they were sent. Nothing is made for a task
 * but what the engine gets: the page's share of a large batch of small tasks is about half of its time.
 */
export function addEventsOf(
  ran: RuntimeRan,
  tasks: readonly { readonly id: string }[],
  taker: RanTaker,
  events: TaskEvent[],
): void {
  const { first, port, handle, types, texts, bytes } = ran;
  const longer = ran.longer.length > 0 ? new Map(ran.longer) : undefined;
  for (let index = 0; index < texts.length; index++) {
    const task = tasks[first + index]?.id;
    if (task === undefined || !taker.end(task)) continue;
    const size = typeof bytes === 'number' ? bytes : (bytes[index] ?? 0);
    events.push(
      { kind: 'started', task },
      {
        kind: 'success',
        task,
        durationMs: longer?.get(first + index) ?? ran.durationMs,
        outputs: {
          [port]: {
            ref: taker.keep(`v${handle + index}`, size),
            typeName: TYPE_NAMES[types.charAt(index)] ?? '',
            preview: { data: { 'text/plain': texts[index] as string }, truncated: false }, // within the bounds of the loop
            bytes: size,
          },
        },
      },
    );
  }
}
