import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishedPackages, root } from '../../scripts/workspace.js';
import { runInNode } from './dist.js';

const LICENSE = readFileSync(path.join(root, 'LICENSE'), 'utf8');
const EXAMPLE = /```js\n(.*?)```/s;
/** What the last line of an example prints, as a comment behind it says. */
const PRINTED = /console\.log\(.*\); \/\/ (.*)/;

const readmes = publishedPackages.map(({ folder, manifest }) => ({
  name: manifest.name,
  text: readFileSync(path.join(folder, 'README.md'), 'utf8'),
}));

describe.each(publishedPackages)('$manifest.name', ({ folder, manifest }) => {
  test('is packed with its licence and a page about it', () => {
    const args = ['pack', folder, '--dry-run', '--json', '--ignore-scripts'];
    const [packed] = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' })) as [
      { readonly files: readonly { readonly path: string }[] },
    ];
    expect(packed.files.map((file) => file.path)).toEqual(expect.arrayContaining(['LICENSE', 'README.md']));
    expect(readFileSync(path.join(folder, 'LICENSE'), 'utf8')).toBe(LICENSE);
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).toMatch(new RegExp(`^# ${manifest.name}\n`));
  });
});

test.each(readmes.filter(({ text }) => EXAMPLE.test(text)))(
  'the example of $name prints what it says',
  ({ text }) => {
    const code = EXAMPLE.exec(text)?.[1] ?? '';
    expect(runInNode(code).trim()).toBe(PRINTED.exec(code)?.[1]);
  },
  90_000,
);
