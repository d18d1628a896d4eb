/** `npm test`: makes sure of a Chromium, builds, and runs every vitest project. Arguments go on to vitest. */
import { rmSync } from 'node:fs';
import { ensureBuilt } from './build.js';
import { ensureChromium } from './chromium.js';
import { runThrough } from './steps.js';

/** Where the results stand as JSON afterwards, for .ci/run. */
const RESULTS = '.tmp/test-results.json';

function projectsIn(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (arg.startsWith('--project=')) return [arg.slice('--project='.length)];
    return arg === '--project' ? [args[index + 1] ?? ''] : [];
  });
}

async function test(args: readonly string[]): Promise<number> {
  const projects = projectsIn(args);
  const env: Record<string, string> = {};
  if (projects.length === 0 || projects.some((name) => name !== 'node')) env.CHROME_PATH = ensureChromium();
  if (!(await ensureBuilt())) return 1;
  rmSync(RESULTS, { force: true });
  const reporters = [
    '--reporter=default',
    '--reporter=./scripts/flaky-reporter.ts',
    '--reporter=json',
    `--outputFile.json=${RESULTS}`,
  ];
  return runThrough('vitest', ['run', ...reporters, ...args], env);
}

try {
  process.exitCode = await test(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
