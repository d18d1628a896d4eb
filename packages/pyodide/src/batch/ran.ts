import type { RuntimeEvent, RuntimeRan } from '@loom/python';

const TYPE_NAMES: Readonly<Record<string, string>> = { i: 'int', f: 'float', b: 'bool', n: 'None' };

/** Adds the events of tasks that are told of together; `tasks` are those of the batch, as they were sent. */
export function addEventsOf(ran: RuntimeRan, tasks: readonly { readonly id: string }[], events: RuntimeEvent[]): void {
  const { first, port, handle, types, texts, bytes } = ran;
  const longer = new Map(ran.longer);
  for (const [index, text] of texts.entries()) {
    const task = tasks[first + index]?.id;
    if (task === undefined) continue;
    events.push(
      { kind: 'started', task },
      {
        kind: 'success',
        task,
        durationMs: longer.get(first + index) ?? ran.durationMs,
        outputs: {
          [port]: {
            handle: `v${handle + index}`,
            typeName: TYPE_NAMES[types.charAt(index)] ?? '',
            preview: { data: { 'text/plain': text }, truncated: false },
            bytes: typeof bytes === 'number' ? bytes : (bytes[index] ?? 0),
          },
        },
      },
    );
  }
}
