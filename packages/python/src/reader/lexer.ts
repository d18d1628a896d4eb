import { scanString, stringPrefix } from './string-scan.js';

/** A token of Python, as offsets into the source. `line` counts logical lines; `depth` is how many brackets are open. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'end';
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** Of an opening or closing bracket: the depth outside it. */
  readonly depth: number;
}

/** A fault that shows in the characters alone. */
export interface LexicalFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  /** What comes after can no longer be trusted: a bracket or a text that stays open, broken indentation. */
  readonly fatal: boolean;
}

/** The tokens of a source, and the faults in brackets, texts, numbers, characters and indentation. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly faults: readonly LexicalFault[];
}

interface OpenBracket {
  readonly character: string;
  readonly offset: number;
}

/** Python itself stops here: "too many nested parentheses", "too many levels of indentation". */
const MAX_BRACKETS = 200;
const MAX_INDENTS = 100;

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const ASCII_NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y;
const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|!=|<>|[-+*/%@&|^<>=]=|\*\*|\/\/|<<|>>|[-+*/%@&|^~<>=()[\]{},:.;]/y;
const AFTER_NUMBER = /^(?:and|else|for|if|in|is|not|or)$/;
const LEADING_ZERO = /^0[\d_]*[1-9][\d_]*$/;
const NO_QUOTE = 'This text has no closing quote.';
const CLOSER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** Splits a source into tokens in one pass. Never throws; time grows with the length only. */
export function tokenize(source: string): Tokens {
  const tokens: Token[] = [];
  const faults: LexicalFault[] = [];
  const brackets: OpenBracket[] = [];
  const indents = [{ width: 0, alternative: 0 }];
  const end = source.length;
  let line = 0;
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let lineStart = true;
  let tooDeep = false;
  /** Offset after the `:` that opens a block, while its first line is awaited. */
  let awaited: number | undefined;

  const fault = (from: number, to: number, message: string, fatal = false) => faults.push({ from, to, message, fatal });
  const push = (kind: Token['kind'], from: number, to: number, depth = brackets.length) =>
    tokens.push({ kind, from, to, line, depth });

  while (at < end) {
    if (lineStart) {
      lineStart = false;
      const indent = measureIndent(source, at);
      at = indent.end;
      const next = source.charCodeAt(at);
      const blank = at >= end || next === 10 || next === 13 || next === 35;
      if (!blank) indentation(indent);
      else if (at >= end) break;
    }
    const code = source.charCodeAt(at);
    if (code === 10 || code === 13) {
      const from = at;
      at += code === 13 && source.charCodeAt(at + 1) === 10 ? 2 : 1;
      if (brackets.length === 0) endLine(from, at);
    } else if (code === 32 || code === 9 || code === 12) {
      at++;
    } else if (code === 35) {
      while (at < end && source.charCodeAt(at) !== 10 && source.charCodeAt(at) !== 13) at++;
    } else if (code === 92) {
      const next = source.charCodeAt(at + 1);
      if (next === 13 && source.charCodeAt(at + 2) === 10) at += 3;
      else if (next === 10 || next === 13) at += 2;
      else fault(at, ++at, 'A backslash must be the last character of its line.');
    } else {
      at = token(code);
    }
  }
  if (tokens.length > 0 && tokens[tokens.length - 1]?.kind !== 'newline' && brackets.length === 0) endLine(end, end);
  if (awaited !== undefined) fault(awaited - 1, awaited, 'The indented block after ":" is missing.', true);
  const unclosed = brackets.at(-1);
  if (unclosed) fault(unclosed.offset, unclosed.offset + 1, `"${unclosed.character}" is never closed.`, true);
  push('end', end, end);
  faults.sort((a, b) => a.from - b.from);
  return { tokens, faults };

  function endLine(from: number, to: number): void {
    lineStart = true;
    const last = tokens[tokens.length - 1];
    if (!last || last.kind === 'newline') return;
    if (last.to - last.from === 1 && source[last.from] === ':' && last.depth === 0) awaited = last.to;
    push('newline', from, to);
    line++;
  }

  function indentation(indent: Indent): void {
    const top = indents[indents.length - 1] ?? indents[0];
    if (!top) return;
    const deeper = indent.width > top.width;
    if (indent.width > top.width !== indent.alternative > top.alternative)
      fault(at, at + 1, 'Tabs and spaces are mixed in the indentation. Use spaces only.', true);
    if (deeper) {
      if (awaited === undefined) fault(at, at + 1, 'This line is indented, but nothing above opens a block.', true);
      if (indents.length <= MAX_INDENTS) indents.push(indent);
      else fault(at, at + 1, `Python allows ${MAX_INDENTS} levels of indentation.`, true);
    } else {
      if (awaited !== undefined) fault(at, at + 1, 'An indented block is expected after the ":" above.', true);
      while (indents.length > 1 && (indents[indents.length - 1]?.width ?? 0) > indent.width) indents.pop();
      if ((indents[indents.length - 1]?.width ?? 0) !== indent.width)
        fault(at, at + 1, 'The indentation of this line fits no block above.', true);
    }
    awaited = undefined;
  }

  function token(code: number): number {
    const from = at;
    if (isDigit(code) || (code === 46 && isDigit(source.charCodeAt(at + 1)))) return number(from);
    if (isAsciiNameStart(code) || code > 127) {
      const name = match(code > 127 ? NAME : ASCII_NAME, source, at);
      if (name !== undefined) return nameOrString(from, extended(name, from));
    }
    if (code === 34 || code === 39) return string(from, '');
    const operator = match(OPERATOR, source, at);
    if (operator === undefined) {
      const character = String.fromCodePoint(source.codePointAt(at) ?? code);
      fault(from, from + character.length, unknownCharacter(character));
      return from + character.length;
    }
    if (operator === '(' || operator === '[' || operator === '{') open(operator);
    else if (operator === ')' || operator === ']' || operator === '}') close(operator);
    else push('operator', from, from + operator.length);
    return from + operator.length;
  }

  /** An ASCII start can go on with other letters. */
  function extended(name: string, from: number): string {
    return source.charCodeAt(from + name.length) > 127 ? (match(NAME, source, from) ?? name) : name;
  }

  function nameOrString(from: number, name: string): number {
    const to = from + name.length;
    const next = source.charCodeAt(to);
    if ((next === 34 || next === 39) && stringPrefix.test(name)) return string(from, name.toLowerCase());
    push('name', from, to);
    return to;
  }

  function string(from: number, prefix: string): number {
    const scan = scanString(source, from + prefix.length, prefix);
    if (scan.open !== undefined) {
      const long = source.startsWith('"""', from + prefix.length) || source.startsWith("'''", from + prefix.length);
      const inner = scan.open > from + prefix.length;
      fault(from, from + prefix.length + 1, inner ? 'A "{" in this text is never closed.' : NO_QUOTE, long);
    }
    push('string', from, scan.end);
    return scan.end;
  }

  function number(from: number): number {
    const text = match(NUMBER, source, from) ?? source.charAt(from);
    const to = from + text.length;
    const rest = isNameCode(source.charCodeAt(to)) ? match(NAME, source, to) : undefined;
    if (LEADING_ZERO.test(text))
      fault(from, to, 'A number does not start with 0. Write it without, or as 0o… for octal.');
    else if (isDigit(source.charCodeAt(to)) || source[to] === '_' || (rest !== undefined && !AFTER_NUMBER.test(rest)))
      fault(from, to + (rest?.length ?? 1), 'This is not a number that Python can read.');
    push('number', from, to);
    return to;
  }

  function open(character: string): void {
    push('operator', at, at + 1);
    brackets.push({ character, offset: at });
    if (brackets.length > MAX_BRACKETS && !tooDeep) {
      tooDeep = true;
      fault(at, at + 1, `Python allows ${MAX_BRACKETS} brackets inside each other.`, true);
    }
  }

  function close(character: string): void {
    const opened = brackets.pop();
    push('operator', at, at + 1);
    if (!opened) fault(at, at + 1, `"${character}" closes nothing.`);
    else if (CLOSER[opened.character] !== character)
      fault(at, at + 1, `"${character}" does not close "${opened.character}".`, true);
  }
}

interface Indent {
  readonly end: number;
  readonly width: number;
  /** The width when a tab counts as one: Python compares both to find mixtures that depend on the tab size. */
  readonly alternative: number;
}

function measureIndent(source: string, start: number): Indent {
  let end = start;
  let width = 0;
  let alternative = 0;
  for (; ; end++) {
    const code = source.charCodeAt(end);
    if (code === 32) {
      width++;
      alternative++;
    } else if (code === 9) {
      width += 8 - (width % 8);
      alternative++;
    } else if (code === 12) {
      width = 0;
      alternative = 0;
    } else {
      return { end, width, alternative };
    }
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isNameCode(code: number): boolean {
  return isAsciiNameStart(code) || code > 127;
}

function unknownCharacter(character: string): string {
  if (/[“”„‘’‚«»]/.test(character)) return `${character} is not a plain quote. Use " or '.`;
  if (/\s/.test(character)) return 'There is a space here that Python does not take. Use a plain space.';
  return `Python does not know the character ${character} here.`;
}
