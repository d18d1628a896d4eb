import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as engine from '@loom/engine';
import * as graph from '@loom/graph';
import * as pyodide from '@loom/pyodide';
import * as node from '@loom/pyodide/node';
import * as python from '@loom/python';
import { expect, it } from 'vitest';
import { publishedPackages, root } from '../../scripts/workspace.js';

const guides = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.join('docs', file));
const patterns = guides.filter((file) => file.startsWith(path.join('docs', 'patterns')));
const readmes = [
  'README.md',
  ...publishedPackages.map(({ folder }) => path.relative(root, path.join(folder, 'README.md'))),
];
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

it.each([...readmes, ...guides])('%s links to files that are there', (file) => {
  const links = Array.from(read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g), ([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(path.join(root, path.dirname(file), link)))).toEqual([]);
});

it.each(patterns)('%s names rules that SPEC.md has', (file) => {
  const rules = new Set(Array.from(read('packages/engine/SPEC.md').matchAll(/\*\*([A-Z]\d+)\*\*/g), ([, id]) => id));
  const named = Array.from(read(file).matchAll(/\[([A-Z]\d+(?:, [A-Z]\d+)*)\](?!\()/g), ([, ids]) => ids ?? '');
  expect(named.flatMap((ids) => ids.split(', ')).filter((id) => !rules.has(id))).toEqual([]);
});

const packages = new Map<string, object>([
  ['engine', engine],
  ['graph', graph],
  ['pyodide', pyodide],
  ['pyodide/node', node],
  ['python', python],
]);

it.each([...readmes, ...guides])('%s imports what the packages have', (file) => {
  const imports = Array.from(
    read(file).matchAll(/import \{ ([^}]+) \} from '@loom\/([\w/]+)'/g),
    ([, names = '', name = '']) => ({ names: names.split(', ').filter((each) => !each.startsWith('type ')), name }),
  );
  const missing = imports.flatMap(({ names, name }) => {
    const found = packages.get(name);
    return found ? names.filter((each) => !(each in found)) : [];
  });
  expect(missing).toEqual([]);
});
