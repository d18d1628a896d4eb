import type { CommandContext } from './command.js';

/** Does what a command does with code that loads when it is wanted first. Says so when it cannot be had. */
export function loadCommand(
  context: CommandContext,
  load: () => Promise<(context: CommandContext) => void | Promise<void>>,
): void {
  load()
    .then((run) => run(context))
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      context.store.notify(context.messages().partFailed(reason), 'error');
    });
}
