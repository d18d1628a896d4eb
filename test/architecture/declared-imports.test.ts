import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Manifest, packages, root } from '../../scripts/workspace.js';
import { isRelative, packageOf, packageSources, type SourceFile } from './source-tree.js';

/** Sources that run in Node, and only there. Everything else must load in a browser. */
const NODE_ONLY = [/^packages\/cli\//, /^packages\/pyodide\/src\/(?:node|vite)(?:\.ts$|[-/])/];

const manifests = new Map(packages.map(({ folder, manifest }) => [path.basename(folder), manifest]));
const workspace = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

function declaredFor({ packageName, isTest }: SourceFile): Set<string> {
  const manifest = manifests.get(packageName);
  // Tests and private packages are only ever installed with the whole workspace.
  const isPrivate = isTest || manifest?.private === true;
  return new Set(
    Object.keys({
      ...manifest?.dependencies,
      ...manifest?.peerDependencies,
      ...(isPrivate ? { ...workspace.devDependencies, '@loom/testing': '' } : {}),
    }),
  );
}

/** A file that becomes text in the build: who installs the package needs no copy of its own. */
function isText({ packageName }: SourceFile, specifier: string): boolean {
  return specifier.endsWith('?raw') && packageOf(specifier) in (manifests.get(packageName)?.devDependencies ?? {});
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

const sources = packageSources();

test('every import is declared by the package that makes it', () => {
  const wrong = sources.flatMap((source) => {
    const declared = declaredFor(source);
    return source.imports
      .filter(({ specifier }) => !isRelative(specifier) && !isBuiltin(specifier))
      .filter(({ specifier }) => !declared.has(packageOf(specifier)) && !isText(source, specifier))
      .map(({ specifier, line }) => `${source.path}:${line} imports ${specifier}`);
  });
  expect(wrong).toEqual([]);
});

test('what loads in a browser imports nothing of Node', () => {
  const wrong = sources
    .filter(({ path: file, isTest }) => !isTest && !NODE_ONLY.some((pattern) => pattern.test(file)))
    .flatMap(({ path: file, imports }) =>
      imports
        .filter(({ specifier }) => isBuiltin(specifier))
        .map(({ specifier, line }) => `${file}:${line} imports ${specifier}`),
    );
  expect(wrong).toEqual([]);
});

test('packages of the workspace depend on each other at exactly the version that they have', () => {
  const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));
  const wrong = packages.flatMap(({ manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })
      .filter(([name, range]) => versions.has(name) && versions.get(name) !== range)
      .map(([name, range]) => `${manifest.name} wants ${name} ${range}`),
  );
  expect(wrong).toEqual([]);
});
