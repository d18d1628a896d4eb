import type { Tree } from '@lezer/common';
import type { TypeProblem } from '@loom/graph';
import type { LexicalFault, Token, Tokens } from './lexer.js';
import { createPositions } from './source-position.js';
import type { Parsed } from './syntax-tree.js';

/** More than this helps nobody: the rest usually follows from the first ones. */
const MAX_PROBLEMS = 10;

const NEEDS_COLON = new Set(['if', 'elif', 'else', 'for', 'while', 'try', 'except', 'finally', 'with', 'def', 'class']);

/**
 * The parser breaks trees off that grow deeper than about 500 (a sum of 500 terms does), which looks like faults.
 * Brackets and blocks cannot get there: Python's own limits for them are lower.
 */
const TRUSTED_DEPTH = 400;

/** A problem by offsets. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/**
 * What Python would refuse to read, in the order of the source and one per logical line. Faults that only follow from
 * a fatal one (an open bracket, broken indentation) are left out, and so is where reading was stopped.
 */
export function syntaxFaults(source: string, lexed: Tokens, { tree, readTo }: Parsed): Fault[] {
  const { tokens } = lexed;
  const found: (Fault & { readonly line: number })[] = [];
  const fatal = lexed.faults.find((fault) => fault.fatal);
  const place = (fault: LexicalFault | Fault) => ({ ...fault, line: tokenAt(tokens, fault.from)?.line ?? 0 });
  found.push(...lexed.faults.filter((fault) => !fatal || fault.from <= fatal.from).map(place));
  const end = fatal?.from ?? source.length + 1;
  found.push(
    ...lineFaults(source, tokens)
      .filter((fault) => fault.from < end)
      .map(place),
  );
  const known = new Set(found.map((fault) => fault.line));
  for (const { offset, message } of grammarFaults(tree, MAX_PROBLEMS * 20)) {
    const token = tokenAt(tokens, offset);
    if (!token || token.from >= end || token.to > readTo || known.has(token.line)) continue;
    known.add(token.line);
    found.push({ from: token.from, to: token.to, line: token.line, message: message ?? unexpected(source, token) });
  }
  found.sort((a, b) => a.from - b.from);
  const lines = new Set<number>();
  return found
    .filter((fault) => !lines.has(fault.line) && lines.add(fault.line))
    .slice(0, MAX_PROBLEMS)
    .map(({ from, to, message }) => ({ from, to, message }));
}

/** Gives faults lines and columns. */
export function asProblems(source: string, faults: readonly Fault[], severity: TypeProblem['severity']): TypeProblem[] {
  const at = createPositions(source);
  return faults.map(({ from, to, message }) => {
    const start = at(from);
    const end = at(Math.max(from, to));
    return { message, severity, ...start, endLine: end.line, endColumn: end.column };
  });
}

interface GrammarFault {
  readonly offset: number;
  /** Said in place of "unexpected". */
  readonly message?: string;
}

/** The places where the parser met something that it did not expect, and what it takes though Python does not. */
function grammarFaults(tree: Tree, limit: number): GrammarFault[] {
  const found: GrammarFault[] = [];
  let depth = 0;
  let deepest = 0;
  tree.iterate({
    enter(node) {
      deepest = Math.max(deepest, ++depth);
      if (found.length >= limit) return;
      if (node.type.isError) found.push({ offset: node.from });
      else if (node.name === 'PrintStatement') found.push({ offset: node.from, message: PRINT });
      else if (node.name === 'TryStatement' && !node.node.getChild('except') && !node.node.getChild('finally'))
        found.push({ offset: node.from, message: TRY });
    },
    leave() {
      depth--;
    },
  });
  return deepest > TRUSTED_DEPTH ? [] : found;
}

const PRINT = 'print is a function. Write its arguments in parentheses.';
const TRY = '"try" needs an "except" or a "finally" block.';

/** The first token that ends after the offset. */
function tokenAt(tokens: readonly Token[], offset: number): Token | undefined {
  let low = 0;
  let high = tokens.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const token = tokens[middle];
    if (token && (token.to > offset || (token.from === token.to && token.to >= offset))) high = middle;
    else low = middle + 1;
  }
  return tokens[low];
}

function unexpected(source: string, token: Token): string {
  if (token.kind === 'end') return 'The source stops in the middle of something.';
  if (token.kind === 'newline') return 'This line stops too early.';
  const text = source.slice(token.from, token.to);
  const shown = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  return `Python cannot read this line: unexpected ${JSON.stringify(shown)}.`;
}

/** What the words of a line show: a missing colon, an assignment where a comparison is meant. */
function lineFaults(source: string, tokens: readonly Token[]): Fault[] {
  const faults: Fault[] = [];
  let start = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.kind !== 'newline' && tokens[i]?.kind !== 'end') continue;
    if (i > start) {
      const fault = lineFault(source, tokens, start, i);
      if (fault) faults.push(fault);
    }
    start = i + 1;
  }
  return faults;
}

function lineFault(source: string, tokens: readonly Token[], start: number, end: number): Fault | undefined {
  const text = (index: number) => {
    const token = tokens[index];
    return token ? source.slice(token.from, token.to) : '';
  };
  const first = text(start);
  const word = first === 'async' ? text(start + 1) : first;
  if (tokens[start]?.kind !== 'name' || !NEEDS_COLON.has(word)) return undefined;
  let lambdas = 0;
  for (let i = start; i < end; i++) {
    const token = tokens[i];
    if (!token || token.depth > 0) continue;
    const here = text(i);
    if (here === 'lambda') lambdas++;
    else if (here === ':' && lambdas > 0) lambdas--;
    else if (here === ':') return undefined;
    else if (here === '=' && lambdas === 0 && (word === 'if' || word === 'elif' || word === 'while'))
      return { from: token.from, to: token.to, message: 'Use == to compare: = assigns.' };
  }
  const last = tokens[end - 1];
  return last && { from: last.to, to: last.to, message: `":" is missing at the end of this "${word}" line.` };
}
