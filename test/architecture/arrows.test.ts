import { describe, expect, test } from 'vitest';
import { isRelative, packageOf, packageSources, readSource, resolveRelative, type SourceFile } from './source-tree.js';

/** Which packages a package may import. The picture is in ARCHITECTURE.md. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  graph: [],
  engine: ['graph'],
  python: ['graph'],
  pyodide: ['graph', 'engine', 'python'],
  react: ['graph', 'engine', 'python'],
  cli: ['graph', 'engine', 'python', 'pyodide'],
  testing: ['graph', 'engine'],
};

const sources = packageSources();

describe('arrows between packages', () => {
  test('every package has its arrows written down', () => {
    expect([...new Set(sources.map(({ packageName }) => packageName))].filter((name) => !(name in ARROWS))).toEqual([]);
  });

  test('a package imports only packages that its arrows allow; tests may also use testing', () => {
    const wrong = sources.flatMap(({ path, packageName, isTest, imports }) => {
      const allowed = [...(ARROWS[packageName] ?? []), ...(isTest ? ['testing'] : [])].map((name) => `@loom/${name}`);
      return imports
        .filter(({ specifier }) => specifier.startsWith('@loom/') && !allowed.includes(packageOf(specifier)))
        .map(({ specifier, line }) => `${path}:${line} imports ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  test('a package reaches another by its name, never by a path', () => {
    const leaves = ({ packageName, isTest }: SourceFile, target: string | undefined): boolean => {
      if (target?.startsWith(`packages/${packageName}/`)) return false;
      // A test may use the scripts of the repository and the example flows.
      return !isTest || target === undefined || target.startsWith('packages/');
    };
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter(({ specifier }) => isRelative(specifier) && leaves(source, resolveRelative(source.path, specifier)))
        .map(({ specifier, line }) => `${source.path}:${line} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(['comlink', 'pyodide'])('only @loom/pyodide knows %s', (library) => {
    const wrong = sources
      .filter(({ packageName, isTest }) => packageName !== 'pyodide' && !isTest)
      .filter(({ imports }) => imports.some(({ specifier }) => packageOf(specifier) === library))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});

describe('exports', () => {
  test('nothing is exported with a star', () => {
    expect(sources.flatMap(({ path, exportAll }) => exportAll.map((line) => `${path}:${line}`))).toEqual([]);
  });

  test('everything is exported by name', () => {
    expect(sources.filter(({ hasDefaultExport }) => hasDefaultExport).map(({ path }) => path)).toEqual([]);
  });
});

test('the reader of imports sees every way to name a module, and none in text or comments', () => {
  const text = [
    "import { a } from 'one';",
    "import type { B } from 'two';",
    "import 'three';",
    "export { c } from 'four';",
    "export * from 'five';",
    "const later = () => import('six');",
    "type T = import('seven').T;",
    "// import 'eight'",
    'const text = "import \'nine\'";',
    'export default later;',
  ].join('\n');
  const { imports, exportAll, hasDefaultExport } = readSource('x.ts', text);
  expect({ names: imports.map(({ specifier }) => specifier), exportAll, hasDefaultExport }).toEqual({
    names: ['one', 'two', 'three', 'four', 'five', 'six', 'seven'],
    exportAll: [5],
    hasDefaultExport: true,
  });
});
