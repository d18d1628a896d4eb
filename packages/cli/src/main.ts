import { createRequire } from 'node:module';
import { LoomError } from '@loom/graph';
import { type Command, parseCommand } from './arguments.js';
import { checkFlow } from './check/check.js';
import { exitCode } from './exit-code.js';
import { runFlow } from './run/run.js';
import { processTerminal, type Terminal } from './terminal.js';
import { usage } from './usage.js';

/**
 * The `loom` command.
 *
 * @param argv The arguments after the command's name.
 * @returns The exit code: 0 well, 1 failed, 2 wrong usage or file, 124 timed out, 130 interrupted.
 *
 * @example
 * ```ts
 * process.exitCode = await main(['run', 'flow.loom.json', '--json']);
 * ```
 */
export async function main(argv: readonly string[], terminal?: Terminal): Promise<number> {
  if (terminal) return perform(argv, terminal);
  const own = processTerminal();
  try {
    return await perform(argv, own);
  } finally {
    own.dispose();
  }
}

async function perform(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(parseCommand(argv), terminal);
  } catch (error) {
    if (!(error instanceof LoomError)) throw error;
    terminal.err(`loom: ${error.message}\n`);
    return exitCode.usage;
  }
}

async function dispatch(command: Command, terminal: Terminal): Promise<number> {
  switch (command.kind) {
    case 'help':
      terminal.out(usage);
      return exitCode.ok;
    case 'version':
      terminal.out(`${createRequire(import.meta.url)('../package.json').version}\n`);
      return exitCode.ok;
    case 'check':
      return checkFlow(command, terminal);
    case 'run':
      return runFlow(command, terminal);
  }
}
