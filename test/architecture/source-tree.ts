import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { packages, root } from '../../scripts/workspace.js';

/** One place where a module names another. */
export interface ImportOf {
  readonly specifier: string;
  readonly line: number;
}

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  /** The part after `@loom/`. */
  readonly packageName: string;
  /** Tests and fixtures: these may use more than the package declares. */
  readonly isTest: boolean;
  readonly imports: readonly ImportOf[];
  /** Lines of `export * from`. */
  readonly exportAll: readonly number[];
  readonly hasDefaultExport: boolean;
}

/** Tests, and `fixture.ts` or `x-fixture.tsx`: what only tests load. The packages' tsconfig.json leaves out the same. */
const TEST_FILE = /(?:\.test|\.test-d|(?:^|[-/])fixture)\.tsx?$/;

/** Every file that belongs to the repository: tracked, or new and not ignored. */
export function repositoryFiles(): string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return output.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** The module that a piece of syntax loads or takes types from, if it names one. */
function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return node.argument.literal.text;
  }
  return undefined;
}

/** Reads what a module imports and exports from its syntax. */
export function readSource(file: string, text: string): Pick<SourceFile, 'imports' | 'exportAll' | 'hasDefaultExport'> {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false);
  const lineOf = (node: ts.Node): number => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const imports: ImportOf[] = [];
  const exportAll: number[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ specifier, line: lineOf(node) });
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && !node.exportClause) exportAll.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { imports, exportAll, hasDefaultExport: tree.statements.some(isDefaultExport) };
}

/** The TypeScript sources of every package. */
export function packageSources(): SourceFile[] {
  const names = new Set(packages.map(({ folder }) => path.basename(folder)));
  return repositoryFiles().flatMap((file): SourceFile[] => {
    const [, packageName = ''] = /^packages\/([^/]+)\/src\/.*\.tsx?$/.exec(file) ?? [];
    if (!names.has(packageName)) return [];
    const text = readFileSync(path.join(root, file), 'utf8');
    return [{ path: file, packageName, isTest: TEST_FILE.test(file), ...readSource(file, text) }];
  });
}

/** The name of the package in a bare specifier: `@codemirror/view`, `react` of `react/jsx-runtime`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

export function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}

let known: ReadonlySet<string> | undefined;

/** The file that a relative import means: `./x.js` is `x.ts` or `x.tsx`; a query such as `?raw` is left aside. */
export function resolveRelative(importer: string, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(importer), specifier.replace(/\?.*$/, ''));
  const candidates = [target, target.replace(/\.js$/, '.ts'), target.replace(/\.js$/, '.tsx')];
  known ??= new Set(repositoryFiles());
  return candidates.find((candidate) => known?.has(candidate));
}
