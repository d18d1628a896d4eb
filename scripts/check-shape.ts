/** Packs every published package as npm would, and has publint and are-the-types-wrong look at the result. */
import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { runStep } from './steps.js';
import { publishedPackages, root, type WorkspacePackage } from './workspace.js';

const PACKS = path.join(root, '.tmp/packs');

/** Makes the tarball and gives its path. */
async function pack({ folder, manifest }: WorkspacePackage): Promise<string> {
  const { ok, output } = await runStep({
    name: 'pack',
    command: ['npm', 'pack', folder, '--silent', '--ignore-scripts', '--pack-destination', PACKS],
  });
  const file = output.split('\n').findLast((line) => line.endsWith('.tgz'));
  if (!ok || !file) throw new Error(`npm pack of ${manifest.name} failed: ${output}`);
  return path.join(PACKS, file);
}

async function publintProblems({ manifest }: WorkspacePackage, tarball: string): Promise<string[]> {
  const content = await readFile(tarball);
  const { messages } = await publint({
    strict: true,
    pack: { tarball: content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer },
  });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => `publint: ${formatMessage(message, { ...manifest }, { color: false }) ?? message.code}`);
}

/** Style sheets have no types. */
function entriesWithoutTypes({ manifest }: WorkspacePackage): string[] {
  return Object.keys(manifest.exports ?? {}).filter((entry) => entry.endsWith('.css'));
}

async function typesProblems(target: WorkspacePackage, tarball: string): Promise<string[]> {
  const styles = entriesWithoutTypes(target);
  const exclude: string[] = styles.length === 0 ? [] : ['--exclude-entrypoints', ...styles];
  const { ok, output } = await runStep({
    name: 'attw',
    command: [
      'attw',
      tarball,
      '--profile',
      'esm-only',
      '--no-definitely-typed',
      '--no-color',
      '--no-emoji',
      '--format',
      'ascii',
      ...exclude,
    ],
  });
  return ok ? [] : [`are the types wrong:\n${output}`];
}

async function problemsOf(target: WorkspacePackage): Promise<string[]> {
  const tarball = await pack(target);
  const problems = await Promise.all([publintProblems(target, tarball), typesProblems(target, tarball)]);
  return problems.flat();
}

rmSync(PACKS, { recursive: true, force: true });
mkdirSync(PACKS, { recursive: true });
const all = await Promise.all(
  publishedPackages.map(async (target) => ({ name: target.manifest.name, problems: await problemsOf(target) })),
);
for (const { name, problems } of all) for (const problem of problems) console.error(`${name}: ${problem}`);
process.exitCode = all.some(({ problems }) => problems.length > 0) ? 1 : 0;
