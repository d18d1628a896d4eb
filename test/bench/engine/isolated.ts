import { fork } from 'node:child_process';
import type { ChildMessage } from './child.js';

/** Of what a process says when it dies, only the end is told. */
const MOST_CHARACTERS = 300;

/** What is asked of a process. */
export interface Question {
  /** The built program; see `bundle.ts`. */
  readonly program: string;
  readonly measure: string;
  readonly contender: string;
  readonly limitMs: number;
}

/**
 * Measures in a process of its own, so that no measure finds code that another has warmed or spoilt, and none can hang or
 * crash the rest. Always resolves: a process that dies or takes too long is an error like any other.
 */
export function measureIsolated({ program, measure, contender, limitMs }: Question): Promise<ChildMessage> {
  return new Promise((resolve) => {
    const running = fork(program, [measure, contender], {
      execArgv: ['--expose-gc'],
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    let message: ChildMessage | undefined;
    const timer = setTimeout(() => {
      message ??= { error: `more than ${limitMs / 1000} s` };
      running.kill('SIGKILL');
    }, limitMs);
    running.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-MOST_CHARACTERS);
    });
    running.on('message', (received) => {
      message ??= received as ChildMessage;
    });
    const end = (how: string): void => {
      clearTimeout(timer);
      resolve(message ?? { error: [how, said.trim()].filter((part) => part !== '').join(': ') });
    };
    running.once('error', (error) => end(error.message));
    running.once('close', (code, signal) => end(`the process ended with ${signal ?? code} and gave no figure`));
  });
}
