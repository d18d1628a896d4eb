import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from '../../../scripts/workspace.js';
import type { ChildMessage } from './child.js';

/** Of what a process says when it dies, only the end is told. */
const MOST_CHARACTERS = 300;

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Measures in a process of its own, so that no measure finds code that another has warmed or spoilt, and none can hang or
 * crash the rest. Always resolves: a process that dies or takes too long is an error like any other.
 */
export function measureIsolated(id: string, contender: string, limitMs: number): Promise<ChildMessage> {
  return new Promise((resolve) => {
    const running = fork(child, [id, contender], {
      cwd: root,
      execArgv: ['--import', import.meta.resolve('tsx'), '--expose-gc'],
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
      resolve(message ?? { error: `${how}: ${said.trim()}` });
    };
    running.once('error', (error) => end(error.message));
    running.once('close', (code, signal) => end(`the process ended with ${signal ?? code}`));
  });
}
