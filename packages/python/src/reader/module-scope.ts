import type { SyntaxNode, Tree } from '@lezer/common';
import { childNamed, childrenOf, itemsOf, lastName } from './syntax-tree.js';

/** How deep `if`, `try` and `with` are looked into for definitions. */
const MAX_NESTING = 20;

/** A function at the top level of a module. */
export interface ModuleFunction {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
}

/** What a module defines at its top level, as far as signatures can mention it. Later definitions replace earlier ones. */
export interface ModuleScope {
  readonly source: string;
  readonly functions: ReadonlyMap<string, ModuleFunction>;
  readonly classes: ReadonlyMap<string, ModuleClass>;
  /** Right sides of `Name = …` and `type Name = …`. */
  readonly aliases: ReadonlyMap<string, SyntaxNode>;
  /** Original names of `from x import original as name`. */
  readonly imports: ReadonlyMap<string, string>;
}

export interface ModuleClass {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
}

/** Looks through the statements that run when a module is loaded, without the bodies of functions and classes. */
export function readModuleScope(tree: Tree, source: string): ModuleScope {
  const functions = new Map<string, ModuleFunction>();
  const classes = new Map<string, ModuleClass>();
  const aliases = new Map<string, SyntaxNode>();
  const imports = new Map<string, string>();
  const text = (node: SyntaxNode) => source.slice(node.from, node.to);

  function define(node: SyntaxNode, decorators: readonly SyntaxNode[]): void {
    const nameNode = childNamed(node, 'VariableName');
    if (!nameNode) return;
    // Python folds identifiers, so that look-alike letters are one name.
    const name = text(nameNode).normalize('NFKC');
    if (node.name === 'ClassDefinition') classes.set(name, { name, node, decorators });
    else {
      // Deleting first keeps the order of the last definitions.
      functions.delete(name);
      functions.set(name, { name, node, decorators });
    }
  }

  function visit(statements: readonly SyntaxNode[], depth: number): void {
    for (const node of statements) {
      switch (node.name) {
        case 'FunctionDefinition':
        case 'ClassDefinition':
          define(node, []);
          break;
        case 'DecoratedStatement': {
          const children = childrenOf(node);
          const defined = children.find(({ name }) => name === 'FunctionDefinition' || name === 'ClassDefinition');
          if (defined)
            define(
              defined,
              children.filter(({ name }) => name === 'Decorator'),
            );
          break;
        }
        case 'AssignStatement':
        case 'TypeDefinition':
          readAlias(node, aliases, text);
          break;
        case 'ImportStatement':
          readImport(node, imports, text);
          break;
        case 'IfStatement':
          if (/__name__\s*==/.test(source.slice(node.from, node.from + 40))) break;
          visitBodies(node, depth);
          break;
        case 'TryStatement':
        case 'WithStatement':
          visitBodies(node, depth);
          break;
        case 'StatementGroup':
          visit(childrenOf(node), depth);
      }
    }
  }

  function visitBodies(node: SyntaxNode, depth: number): void {
    if (depth >= MAX_NESTING) return;
    for (const child of childrenOf(node)) if (child.name === 'Body') visit(childrenOf(child), depth + 1);
  }

  visit(childrenOf(tree.topNode), 0);
  return { source, functions, classes, aliases, imports };
}

function readAlias(node: SyntaxNode, aliases: Map<string, SyntaxNode>, text: (node: SyntaxNode) => string): void {
  const items = itemsOf(node).filter(
    ({ name }) => name !== 'type' && name !== 'TypeDef' && name !== 'TypeParamList' && name !== 'AssignOp',
  );
  const [target, value, more] = items;
  if (target?.name === 'VariableName' && value && !more) aliases.set(text(target), value);
}

function readImport(node: SyntaxNode, imports: Map<string, string>, text: (node: SyntaxNode) => string): void {
  const children = childrenOf(node);
  children.forEach((child, i) => {
    const before = children[i - 1];
    const after = children[i + 1];
    if (child.name === 'as' && before && after?.name === 'VariableName') imports.set(text(after), text(before));
  });
}

/** The call in a decorator, as name and arguments: `@loom.node(title="x")` is `node` with its list. */
export function decoratorCall(
  decorator: SyntaxNode,
  scope: ModuleScope,
): { name: string; args?: SyntaxNode } | undefined {
  const name = childrenOf(decorator).findLast((child) => child.name === 'VariableName');
  const args = childNamed(decorator, 'ArgList');
  if (!name) return undefined;
  const written = scope.source.slice(name.from, name.to);
  const original = scope.imports.get(written) ?? written;
  return args ? { name: original, args } : { name: original };
}

/** The last part of the name that is called, with import renames undone. `source` is what the node points into. */
export function calledName(call: SyntaxNode, source: string, scope: ModuleScope): string | undefined {
  const callee = call.firstChild;
  const name = callee ? lastName(callee, source) : undefined;
  return name === undefined ? undefined : (scope.imports.get(name) ?? name);
}

/** Positional and named arguments of a call. Starred ones are left out. */
export function readArguments(list: SyntaxNode | undefined, source: string): Arguments {
  const positional: SyntaxNode[] = [];
  const named = new Map<string, SyntaxNode>();
  const children = list ? childrenOf(list) : [];
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (!child || child.type.isError || child.name === 'Comment' || /^[(),]$/.test(child.name)) continue;
    if (child.name === '*' || child.name === '**') i++;
    else if (child.name === 'VariableName' && children[i + 1]?.name === 'AssignOp') {
      const value = children[i + 2];
      if (value && !value.type.isError) named.set(source.slice(child.from, child.to), value);
      i += 2;
    } else positional.push(child);
  }
  return { positional, named };
}

export interface Arguments {
  readonly positional: readonly SyntaxNode[];
  readonly named: ReadonlyMap<string, SyntaxNode>;
}
