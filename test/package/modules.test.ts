import { builtinModules } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishedPackages } from '../../scripts/workspace.js';
import { isRelative, packageOf, readSource } from '../architecture/source-tree.js';
import { distFiles, moduleEntries, packageNamed, readDist, runInNode } from './dist.js';

/** A worker does its work on import; it is for `new Worker`. */
const NOT_TO_IMPORT = ['@loom/pyodide/worker'];

const importable = publishedPackages.flatMap(moduleEntries).filter((entry) => !NOT_TO_IMPORT.includes(entry));

test.each(importable)('%s loads in plain Node, where there is no window, document or Worker', (entry) => {
  const code = `console.log(Object.keys(await import(${JSON.stringify(entry)})).length);`;
  expect(Number(runInNode(code))).toBeGreaterThan(0);
});

test('<LoomEditor> renders on a server', () => {
  const html = runInNode(`
    import { createLibrary, emptyDocument } from '@loom/graph';
    import { LoomEditor } from '@loom/react';
    import { createElement } from 'react';
    import { renderToString } from 'react-dom/server';
    const library = createLibrary({});
    console.log(renderToString(createElement(LoomEditor, { defaultDocument: emptyDocument, library })));`);
  expect(html).toContain('class="loom');
});

describe.each(publishedPackages)('$manifest.name', (target) => {
  const scripts = distFiles(target).filter((file) => file.endsWith('.js'));

  test('imports only what it declares', () => {
    const declared = Object.keys({ ...target.manifest.dependencies, ...target.manifest.peerDependencies });
    const wrong = scripts.flatMap((file) =>
      readSource(file, readDist(target, file))
        .imports.map(({ specifier }) => specifier)
        .filter((specifier) => !isRelative(specifier) && !specifier.startsWith('node:'))
        .filter((specifier) => !builtinModules.includes(specifier) && !declared.includes(packageOf(specifier)))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has a source map with the sources for every file', () => {
    const missing = scripts.filter((file) => {
      const { sourcesContent = [] } = JSON.parse(readDist(target, `${file}.map`)) as { sourcesContent?: unknown[] };
      return sourcesContent.some((content) => typeof content !== 'string');
    });
    expect(missing).toEqual([]);
  });

  test('contains no tests', () => {
    expect(distFiles(target).filter((file) => /\.test(?:-d)?\./.test(file))).toEqual([]);
  });

  test('names no content delivery network', () => {
    const found = scripts.filter((file) => /\bcdn\.|jsdelivr|unpkg/.test(readDist(target, file)));
    expect(found).toEqual([]);
  });
});

test("only the entries of @loom/react with components say 'use client', before anything else", () => {
  const saying = publishedPackages.flatMap((target) =>
    distFiles(target)
      .filter((file) => file.endsWith('.js') && /^\s*['"]use client['"]/m.test(readDist(target, file)))
      .map((file) => path.posix.join(target.manifest.name, file)),
  );
  expect(saying.sort()).toEqual(['@loom/react/app/index.js', '@loom/react/index.js']);
  for (const entry of ['index.js', 'app/index.js']) {
    expect(readDist(packageNamed('@loom/react'), entry)).toMatch(/^['"]use client['"]/);
  }
});

test('the worker of @loom/pyodide stands alone: it imports nothing by name', () => {
  const { imports } = readSource('worker.js', readDist(packageNamed('@loom/pyodide'), 'worker.js'));
  expect(imports.map(({ specifier }) => specifier).filter((specifier) => !specifier.startsWith('node:'))).toEqual([]);
});
