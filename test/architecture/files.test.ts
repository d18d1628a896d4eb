import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/workspace.js';
import { repositoryFiles } from './source-tree.js';

const MOST_LINES = 300;

/** Files that are long for a reason. Each line says which. */
const LONG_FOR_A_REASON = new Map([
  ['packages/python/shelf/charts.py', 'a shelf is one Python module, and its functions are the nodes'],
  ['packages/python/shelf/data.py', 'a shelf is one Python module, and its functions are the nodes'],
]);

const SOURCE = /\.(?:tsx?|js|py|css)$/;
const TEXT = /\.(?:[cm]?[jt]sx?|py|css|html|json|md|ya?ml|toml|sh)$|(?:^|\/)(?:\.npmrc|\.gitignore|LICENSE|run)$/;
const VAGUE_NAME = /^(?:utils?|helpers?|common|misc|types)\.(?:tsx?|py)$/;

/** Written so that this file does not match itself. */
const FOREIGN = new RegExp(
  [
    // Pyodide has its own /home/pyodide.
    String.raw`(?<![\w.~/-])/(?:home(?!/pyodide\b)|Users|work|root)/[\w.-]`,
    String.raw`registry\.npm${'js'}\.org`,
    String.raw`https?://[\w.-]*(?:regis${'try'}|artifac${'tory'}|nex${'us'}|verdac${'cio'})[\w.-]*[:/]`,
  ].join('|'),
);

const files = repositoryFiles();
const contents = new Map(
  files.filter((file) => TEXT.test(file)).map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
);

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

test(`source files have at most ${MOST_LINES} lines, except those with a written reason`, () => {
  const long = [...contents]
    .filter(([file]) => SOURCE.test(file) && !LONG_FOR_A_REASON.has(file))
    .map(([file, text]) => ({ file, lines: lineCount(text) }))
    .filter(({ lines }) => lines > MOST_LINES);
  expect(long).toEqual([]);
});

test('the list of long files names only files that are long', () => {
  const needless = [...LONG_FOR_A_REASON.keys()].filter((file) => lineCount(contents.get(file) ?? '') <= MOST_LINES);
  expect(needless).toEqual([]);
});

test('files are named for what they are about', () => {
  expect(files.filter((file) => VAGUE_NAME.test(path.basename(file)))).toEqual([]);
});

test('no file names a path of one machine or the host of a package registry', () => {
  const found = [...contents].flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (FOREIGN.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(found).toEqual([]);
});
