import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { publishedPackages, root } from '../../scripts/workspace.js';
import { isRelative, packageOf, readSource } from '../architecture/source-tree.js';
import { distFiles, moduleEntries, packageNamed, readDist } from './dist.js';

function declarationImports(target: (typeof publishedPackages)[number]): { file: string; specifier: string }[] {
  return distFiles(target)
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => readSource(file, readDist(target, file)).imports.map(({ specifier }) => ({ file, specifier })));
}

describe.each(publishedPackages)('declarations of $manifest.name', (target) => {
  const imports = declarationImports(target);

  test('stay inside dist', () => {
    const leaving = imports.filter(
      ({ file, specifier }) =>
        isRelative(specifier) && path.posix.join(path.posix.dirname(file), specifier).startsWith('..'),
    );
    expect(leaving).toEqual([]);
  });

  test('import only packages that are declared', () => {
    const declared = Object.keys({ ...target.manifest.dependencies, ...target.manifest.peerDependencies });
    const undeclared = imports.filter(
      ({ specifier }) =>
        !isRelative(specifier) && !specifier.startsWith('node:') && !declared.includes(packageOf(specifier)),
    );
    expect(undeclared).toEqual([]);
  });
});

test.each([
  { name: 'Node', module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  { name: 'a bundler', module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
])(
  'every entry, and an app made of parts, type-checks where modules are resolved as by $name',
  ({ module, moduleResolution }) => {
    const app = path.join(root, 'app.ts');
    const parts = path.join(root, 'examples/palette/src');
    const partsFiles = readdirSync(parts).flatMap((file) => (/\.tsx?$/.test(file) ? [path.join(parts, file)] : []));
    const entries = publishedPackages.flatMap(moduleEntries);
    const text = entries.map((entry, index) => `import * as e${index} from '${entry}';\nvoid e${index};`).join('\n');
    const options: ts.CompilerOptions = {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      jsx: ts.JsxEmit.ReactJSX,
      strict: true,
      noEmit: true,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, getSourceFile, readFile } = host;
    host.fileExists = (file) => file === app || fileExists(file);
    host.readFile = (file) => (file === app ? text : readFile(file));
    host.getSourceFile = (file, target, ...rest) =>
      file === app ? ts.createSourceFile(file, text, target) : getSourceFile(file, target, ...rest);
    const program = ts.createProgram([app, ...partsFiles], options, host);
    // Other libraries answer for their own declarations.
    const ours = program
      .getSourceFiles()
      .filter(
        ({ fileName }) =>
          fileName === app || partsFiles.includes(fileName) || fileName.startsWith(path.join(root, 'packages')),
      );
    const faults = [
      ...program.getOptionsDiagnostics(),
      ...ours.flatMap((file) => [...program.getSemanticDiagnostics(file)]),
    ].map((diagnostic) => ts.formatDiagnostic(diagnostic, { ...host, getCurrentDirectory: () => root }));
    expect(ours.length).toBeGreaterThan(entries.length + partsFiles.length);
    expect(faults).toEqual([]);
  },
);

test('React Flow is an inner matter of @loom/react: no type that index exports needs it', () => {
  const target = packageNamed('@loom/react');
  const reached = new Set(['index.d.ts']);
  const users: string[] = [];
  for (const file of reached) {
    for (const { specifier } of readSource(file, readDist(target, file)).imports) {
      if (specifier.startsWith('@xyflow/')) users.push(file);
      if (isRelative(specifier)) {
        reached.add(path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.d.ts'));
      }
    }
  }
  expect(users).toEqual([]);
});
