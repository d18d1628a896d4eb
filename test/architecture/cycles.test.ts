import { expect, test } from 'vitest';
import { findCycles } from './import-cycles.js';
import { isRelative, packageSources, resolveRelative } from './source-tree.js';

test('files of a package never import each other in a circle, not even for types', () => {
  const imports = new Map(
    packageSources().map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier }) => isRelative(specifier))
        .flatMap(({ specifier }) => resolveRelative(path, specifier) ?? []),
    ]),
  );
  expect(findCycles(imports).map((cycle) => cycle.join(' -> '))).toEqual([]);
});

test('a circle is reported as the path that closes it', () => {
  const imports = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['b']],
    ['d', []],
  ]);
  expect(findCycles(imports)).toEqual([['b', 'c', 'b']]);
});
