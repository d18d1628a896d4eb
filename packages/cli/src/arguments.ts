import { parseArgs } from 'node:util';
import { LoomError } from '@loom/graph';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'check'; readonly file: string; readonly json: boolean }
  | {
      readonly kind: 'run';
      readonly file: string;
      readonly json: boolean;
      readonly inputs: readonly InputArgument[];
      /** The folder where results are written as files. */
      readonly out?: string;
      readonly timeoutMs?: number;
    };

/** One `--input NAME=VALUE`. */
export interface InputArgument {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the command line.
 *
 * @throws LoomError `cli/usage` with a sentence that names the argument.
 */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help || (positionals.length === 0 && !values.version)) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [name, file, ...rest] = positionals;
  if (name !== 'run' && name !== 'check') throw usageError(`There is no command "${name}". Try: loom run FLOW.json`);
  if (file === undefined) throw usageError(`Name a file: loom ${name} FLOW.json`);
  if (rest.length > 0) throw usageError(`One file at a time: "${rest[0]}" is too many.`);
  const json = values.json === true;
  if (name === 'check') {
    if (values.input || values.timeout || values.out !== undefined) {
      throw usageError('check runs nothing: --input, --out and --timeout belong to run.');
    }
    return { kind: 'check', file, json };
  }
  if (values.out === '') throw usageError('--out wants a folder.');
  return {
    kind: 'run',
    file,
    json,
    ...(values.out === undefined ? {} : { out: values.out }),
    inputs: (values.input ?? []).map(parseInput),
    ...(values.timeout === undefined ? {} : { timeoutMs: parseTimeout(values.timeout) }),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        json: { type: 'boolean' },
        input: { type: 'string', multiple: true },
        out: { type: 'string' },
        timeout: { type: 'string' },
      },
    });
  } catch (cause) {
    // Node goes on with advice about arguments that begin with a dash, which no command here takes.
    const [sentence = ''] = (cause instanceof Error ? cause.message : String(cause)).split('. ');
    throw usageError(`${sentence.replace(/\.$/, '')}. loom --help names the options.`, cause);
  }
}

function parseInput(argument: string): InputArgument {
  const at = argument.indexOf('=');
  if (at < 1) throw usageError(`--input wants NAME=VALUE, not "${argument}".`);
  return { name: argument.slice(0, at), text: argument.slice(at + 1) };
}

function parseTimeout(text: string): number {
  const timeoutMs = Number(text);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) {
    throw usageError(`--timeout wants whole milliseconds from 1, not "${text}".`);
  }
  return timeoutMs;
}

function usageError(message: string, cause?: unknown): LoomError {
  return new LoomError('cli/usage', message, { cause });
}
