import { expect, test } from 'vitest';
import { isRelative, packageSources, resolveRelative, type SourceFile } from './source-tree.js';

const ENTRY =
  /^packages\/[^/]+\/src\/index\.ts$|^packages\/(?:graph\/src\/(?:import|schema)|react\/src\/(?:app|code-tools))\/index\.ts$|^packages\/react\/src\/messages\/de\.ts$|^packages\/pyodide\/src\/(?:node|vite|worker\/worker)\.ts$/;

const sources = packageSources().filter(({ packageName }) => packageName !== 'testing');

function importedBy({ path, imports }: SourceFile): string[] {
  return imports
    .filter(({ specifier }) => isRelative(specifier))
    .flatMap(({ specifier }) => resolveRelative(path, specifier) ?? []);
}

test('what is not a test or a fixture is part of a package: an entry leads to it', () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set([...byPath.keys()].filter((path) => ENTRY.test(path)));
  for (const path of reached) {
    const source = byPath.get(path);
    if (source) for (const imported of importedBy(source)) reached.add(imported);
  }
  const astray = sources
    .filter(({ path, isTest }) => !isTest && !path.endsWith('.d.ts') && !reached.has(path))
    .map(({ path }) => path);
  expect(astray).toEqual([]);
});

test('what ships imports no test and no fixture', () => {
  const tests = new Set(sources.filter(({ isTest }) => isTest).map(({ path }) => path));
  const wrong = sources
    .filter(({ isTest }) => !isTest)
    .flatMap((source) =>
      importedBy(source)
        .filter((path) => tests.has(path))
        .map((path) => `${source.path} imports ${path}`),
    );
  expect(wrong).toEqual([]);
});
