import type { PartialParse, SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';

/**
 * Recovering from faults costs the parser 15 to 20 µs per token, reading valid text about 1 µs. A megabyte of faults would
 * hold an editor for half a minute, so parsing stops when it has become that slow, and the rest stays unread.
 */
const PATIENCE_MS = 2000;
const SLOW_STEP_MS = 0.01;
const TIME_LIMIT_MS = 10_000;
export const STEPS_BETWEEN_CLOCK_READS = 1024;

/** A parsed source. `readTo` is less than its length when parsing was stopped, and 0 when it is nested too deep. */
export interface Parsed {
  readonly tree: Tree;
  readonly readTo: number;
}

/** Parses Python. Never throws, and gives a tree for any text. */
export function parsePython(source: string): Parsed {
  const parse = parser.startParse(withoutMark(source).slice(0, endOfText(source)));
  const start = performance.now();
  let readTo = source.length;
  for (let steps = 1; ; steps++) {
    const tree = advance(parse);
    if (tree === 'too-deep') return { tree: parser.parse(''), readTo: 0 };
    if (tree) return { tree, readTo };
    if (parse.stoppedAt !== null || steps % STEPS_BETWEEN_CLOCK_READS !== 0) continue;
    const elapsed = performance.now() - start;
    if (elapsed > TIME_LIMIT_MS || (elapsed > PATIENCE_MS && elapsed > steps * SLOW_STEP_MS)) {
      readTo = parse.parsedPos;
      parse.stopAt(readTo);
    }
  }
}

/** The parser makes its tree by calling itself for each level, for which the stack may be too small. */
function advance(parse: PartialParse): Tree | 'too-deep' | null {
  try {
    return parse.advance();
  } catch (thrown) {
    if (thrown instanceof RangeError) return 'too-deep';
    throw thrown;
  }
}

/** A byte order mark belongs to the file and not to its text. */
function withoutMark(source: string): string {
  return source.charCodeAt(0) === 0xfeff ? ` ${source.slice(1)}` : source;
}

/** Spaces after the last line break, as while typing, are a fault to the grammar. */
function endOfText(source: string): number {
  let end = source.length;
  while (end > 0 && ' \t\f'.includes(source.charAt(end - 1))) end--;
  return end;
}

/** The children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** The first child with this name. Unlike `getChild` it costs no array of types. */
export function childNamed(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name === name) return child;
  return undefined;
}

/** The nodes that stand for values between brackets: no punctuation, comments or faults. */
export function itemsOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(
    (child) => !child.type.isError && child.name !== 'Comment' && /[A-Za-z]/.test(child.name),
  );
}

/** The name at the end of `a`, `a.b` or `a.b.c`; undefined for anything else. */
export function lastName(node: SyntaxNode, source: string): string | undefined {
  if (node.name === 'VariableName') return source.slice(node.from, node.to);
  if (node.name !== 'MemberExpression' || childNamed(node, '[')) return undefined;
  const property = childNamed(node, 'PropertyName');
  return property && source.slice(property.from, property.to);
}
