import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { root } from './workspace.js';

/** One named command of a larger one. */
export interface Step {
  readonly name: string;
  /** The program, from node_modules/.bin or PATH, and its arguments. */
  readonly command: readonly [string, ...string[]];
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a command and hands its output through. Resolves to the exit code. */
export function runThrough(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

/** Runs a command and keeps its output, both streams in the order in which they came. */
export function runStep({ name, command: [program, ...args] }: Step): Promise<StepResult> {
  const start = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const finish = (ok: boolean): void => {
      resolve({ name, ok, output: output.trim(), seconds: (performance.now() - start) / 1000 });
    };
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      output += String(error);
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}

/** Runs every step, as many at once as there are processors, and reports each as it ends. */
export async function runSteps(steps: readonly Step[], report: (result: StepResult) => void): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const waiting = [...steps];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), steps.length) }, lane));
  return results;
}
