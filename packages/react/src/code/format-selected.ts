import type { Operation } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import { answerOf } from './code-tool.js';
import { formattableTypes } from './formattable-types.js';

/** Lays out the sources of the selected nodes, as one step. Those that cannot be read stay as they are, and it says so. */
export async function formatSelected(context: CommandContext): Promise<void> {
  const { store, messages } = context;
  let hasFailed = false;
  const made = await Promise.all(
    formattableTypes(context).map(async ({ id, type, format }) => {
      try {
        return { id, type, source: await answerOf(format(type.source)) };
      } catch (error) {
        hasFailed = true;
        const reason = error instanceof Error ? error.message : String(error);
        store.notify(`${type.title ?? id}: ${messages().formatFailed(reason)}`, 'warning');
        return { id, type, source: type.source };
      }
    }),
  );
  const { types } = store.getState().flow.document;
  const operations = made.flatMap(({ id, type, source }): Operation[] =>
    // Who typed on meanwhile keeps what they typed.
    source === type.source || types[id] !== type ? [] : [{ kind: 'set-type', id, type: { ...type, source } }],
  );
  if (operations.length === 0) {
    if (!hasFailed) store.announce(messages().formatSame);
    return;
  }
  const result = store.dispatch(operations, { label: messages().formatCode });
  if (!result.ok) store.notify(result.error.message, 'warning');
}
