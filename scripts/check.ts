/** `npm run check`: everything that is not a test run. All steps run; the failures are listed at the end. */
import { ensureBuilt } from './build.js';
import { runSteps, type Step, type StepResult } from './steps.js';

/** Slow ones first, so that the short ones fill the gaps. */
const ON_SOURCES: readonly Step[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'architecture', command: ['vitest', 'run', '--project', 'node', 'test/architecture'] },
  { name: 'unused code', command: ['knip', '--no-config-hints'] },
  { name: 'format and lint', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'duplicates', command: ['tsx', 'scripts/check-duplicates.ts'] },
];

const ON_BUILD: readonly Step[] = [
  { name: 'package shape', command: ['tsx', 'scripts/check-shape.ts'] },
  { name: 'size', command: ['tsx', 'scripts/check-size.ts'] },
];

/** Steps whose output is worth reading when all is well. */
const ALWAYS_SHOWN = new Set(['size']);

function report({ name, ok, seconds, output }: StepResult): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
  if (output !== '' && (!ok || ALWAYS_SHOWN.has(name))) console.log(`${output.replace(/^/gm, '        ')}\n`);
}

const results = await runSteps(ON_SOURCES, report);
const built = await ensureBuilt();
if (built) results.push(...(await runSteps(ON_BUILD, report)));
const failures = results.filter(({ ok }) => !ok).map(({ name }) => name);
if (!built) failures.push('build', ...ON_BUILD.map(({ name }) => `${name} (not run)`));

console.log(failures.length === 0 ? `\nAll ${results.length} checks passed.` : `\nFailed: ${failures.join(', ')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
