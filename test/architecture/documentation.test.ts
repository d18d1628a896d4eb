import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../../scripts/workspace.js';

/** Packages whose public exports are all explained, and whose functions all have an example. */
const EXPLAINED = ['engine', 'graph', 'react'];

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** What a package gives, by the file that it comes from. */
function exportsOf(index: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const statement of parse(index).statements) {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier || !statement.exportClause) continue;
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    const stem = path.join(path.dirname(index), text.replace(/\.js$/, ''));
    const file = existsSync(`${stem}.tsx`) ? `${stem}.tsx` : `${stem}.ts`;
    const { elements } = statement.exportClause as ts.NamedExports;
    const own = elements.map((element) => (element.propertyName ?? element.name).text);
    names.set(file, [...(names.get(file) ?? []), ...own]);
  }
  return names;
}

/** Which of these names, declared in a file, lack a comment or, where one calls them, an example. */
function unexplained(file: string, names: readonly string[]): string[] {
  const source = parse(file);
  return names.flatMap((name) => {
    const declared = source.statements.filter((statement) => namesOf(statement).includes(name));
    const [comment] = declared.flatMap((statement) => ts.getJSDocCommentsAndTags(statement)).filter(ts.isJSDoc);
    if (!comment?.comment) return [`${name} of ${path.relative(root, file)} has no comment`];
    const hasExample = comment.tags?.some(({ tagName }) => tagName.text === 'example') ?? false;
    const isCalled = declared.some(isFunction);
    return isCalled && !hasExample ? [`${name} of ${path.relative(root, file)} has no example`] : [];
  });
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  }
  const name = (statement as ts.Statement & { readonly name?: ts.Identifier }).name?.text;
  return name === undefined ? [] : [name];
}

/** A function, a class, or a component that is wrapped. */
function isFunction(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement))
    return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return statement.declarationList.declarations.some(({ initializer }) => {
    if (initializer === undefined) return false;
    const isWrapped = ts.isCallExpression(initializer) && initializer.expression.getText() === 'forwardRef';
    return isWrapped || ts.isArrowFunction(initializer);
  });
}

test.each(EXPLAINED)('every public export of @loom/%s is explained, and what is called has an example', (name) => {
  const exported = exportsOf(path.join(root, 'packages', name, 'src/index.ts'));
  expect([...exported].flatMap(([file, names]) => unexplained(file, names))).toEqual([]);
  expect(exported.size).toBeGreaterThan(20);
});
