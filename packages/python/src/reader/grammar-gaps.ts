import type { Token } from './lexer.js';

/**
 * Valid Python that the grammar of `@lezer/python` (1.1.19) reads as faults: `1.`, a bare `yield`, `with a as b.c`,
 * parenthesised `with`, `case str():`, stars in subscripts, defaults of type parameters, template strings, `/` in a
 * lambda, `match a, b:`. Faulty parses are repeated with these places overwritten by text of the same length, so
 * that offsets hold and the original is still what values are read from.
 *
 * @returns the text to parse instead, or undefined when nothing of the kind is there
 */
export function coverGrammarGaps(source: string, tokens: readonly Token[]): string | undefined {
  const covers: Cover[] = [];
  const text = (token: Token | undefined) => (token ? source.slice(token.from, token.to) : '');
  const brackets: string[] = [];
  let lineStart = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const before = tokens[i - 1];
    const after = tokens[i + 1];
    if (token.kind === 'newline' || token.kind === 'end') {
      coverLine(source, tokens.slice(lineStart, i), covers);
      lineStart = i + 1;
    } else if (token.kind === 'number') {
      const dot = /^[\d_]+\.(?!\d)/.exec(text(token));
      if (dot) covers.push({ from: token.from + dot[0].length - 1, to: token.from + dot[0].length, by: '0' });
    } else if (token.kind === 'string') {
      const letter = /^[rR]?[tT]/.exec(text(token))?.[0];
      if (letter) covers.push({ from: token.from + letter.length - 1, to: token.from + letter.length, by: 'f' });
    } else if (token.kind === 'name') {
      if (text(token) === 'yield' && endsValue(after, text(after)))
        covers.push({ from: token.from, to: token.to, by: '_' });
    } else {
      const operator = text(token);
      if (operator === '[') brackets.push(before && isOperand(before, text(before)) ? 'subscript' : '[');
      else if (operator === '(' || operator === '{') brackets.push(operator);
      else if (operator === ']' || operator === ')' || operator === '}') brackets.pop();
      else if (operator === '*' && before) {
        const place = text(before);
        const inSubscript = brackets.at(-1) === 'subscript' && (place === '[' || place === ',');
        if (inSubscript || (place === ':' && brackets.at(-1) === '('))
          covers.push({ from: token.from, to: token.to, by: ' ' });
      } else if (operator === '/' && text(before) === ',') covers.push({ from: token.from, to: token.to, by: '_' });
    }
  }
  if (covers.length === 0) return undefined;
  covers.sort((a, b) => a.from - b.from);
  const parts: string[] = [];
  let at = 0;
  for (const cover of covers) {
    if (cover.from < at) continue;
    parts.push(source.slice(at, cover.from), cover.by.repeat(cover.to - cover.from));
    at = cover.to;
  }
  parts.push(source.slice(at));
  return parts.join('');
}

/** A range to overwrite, each character by `by`. */
interface Cover {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

function isOperand(token: Token, text: string): boolean {
  return token.kind === 'name' || token.kind === 'string' || text === ')' || text === ']';
}

function endsValue(token: Token | undefined, text: string): boolean {
  return !token || token.kind === 'newline' || token.kind === 'end' || [')', ']', '}', ';', ',', '='].includes(text);
}

/** The gaps that depend on the kind of the line. */
function coverLine(source: string, line: readonly Token[], covers: Cover[]): void {
  const text = (at: number) => {
    const token = line[at];
    return token ? source.slice(token.from, token.to) : '';
  };
  const first = line[0]?.kind === 'name' ? text(0) : text(0) === '@' ? '@' : '';
  const word = first === 'async' ? text(1) : first;
  if (word === 'with') coverWith(line, text, first === 'async' ? 1 : 0, covers);
  else if (word === 'case') coverCase(line, text, covers);
  else if (word === 'match') coverMatch(line, text, covers);
  else if (word === '@') coverDecorator(line, text, covers);
  else if (word === 'def' || word === 'class' || word === 'type') coverTypeParameters(line, text, covers);
}

type TextAt = (index: number) => string;

function coverWith(line: readonly Token[], text: TextAt, start: number, covers: Cover[]): void {
  const open = line[start + 1];
  const close = line.findIndex((token, i) => i > start + 1 && text(i) === ')' && token.depth === open?.depth);
  const grouped = text(start + 1) === '(' && close > 0 && text(close + 1) === ':';
  const depth = grouped ? 1 : 0;
  if (grouped && open && line.some((token, i) => i < close && token.depth === 1 && text(i) === 'as')) {
    // Line breaks and comments between the items become spaces, and so do the brackets and a comma at the end.
    const last = text(close - 1) === ',' ? close - 1 : close;
    for (let i = start + 1; i <= close; i++) {
      const token = line[i] as Token;
      const next = line[i + 1];
      if (i === start + 1 || i >= last) covers.push({ from: token.from, to: token.to, by: ' ' });
      if (next && i < close) covers.push({ from: token.to, to: next.from, by: ' ' });
    }
  }
  for (let i = start + 1; i < line.length; i++) {
    if (text(i) !== 'as' || line[i]?.depth !== depth) continue;
    const target = line[i + 1];
    let end = i + 1;
    while (
      end < line.length &&
      !(grouped && end === close) &&
      !(line[end]?.depth === depth && /^[,:]$/.test(text(end)))
    )
      end++;
    const last = line[end - 1];
    if (target && last && end - 1 > i + 1) covers.push({ from: target.from, to: last.to, by: '_' });
    i = end;
  }
}

const OPENERS = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

function coverCase(line: readonly Token[], text: TextAt, covers: Cover[]): void {
  for (let i = 1; i + 1 < line.length; i++) {
    if (OPENERS.get(text(i)) === text(i + 1)) {
      const [from, to] = [line[i] as Token, line[i + 1] as Token];
      covers.push({ from: from.from, to: to.to, by: '_' });
    }
  }
}

function coverMatch(line: readonly Token[], text: TextAt, covers: Cover[]): void {
  line.forEach((token, i) => {
    if (text(i) === ',' && token.depth === 0)
      covers.push({ from: token.from, to: token.to, by: text(i + 1) === ':' ? ' ' : '+' });
  });
}

/** Any expression can decorate; the grammar knows `@a.b(…)` only. */
function coverDecorator(line: readonly Token[], text: TextAt, covers: Cover[]): void {
  let i = 1;
  while (line[i]?.kind === 'name' && text(i + 1) === '.') i += 2;
  const call =
    text(i + 1) === '(' ? line.findIndex((token, at) => at > i + 1 && text(at) === ')' && token.depth === 0) : i;
  const last = line[line.length - 1];
  const start = line[1];
  if ((line[i]?.kind !== 'name' || call !== line.length - 1) && start && last)
    covers.push({ from: start.from, to: last.to, by: '_' });
}

function coverTypeParameters(line: readonly Token[], text: TextAt, covers: Cover[]): void {
  const start = line.findIndex((_, i) => text(i) === '[');
  if (start < 0 || line[start - 1]?.kind !== 'name' || start > 3) return;
  for (let i = start + 1; i < line.length && !(text(i) === ']' && line[i]?.depth === 0); i++) {
    if (text(i) !== '=' || line[i]?.depth !== 1) continue;
    let end = i;
    while (
      end + 1 < line.length &&
      !(line[end + 1]?.depth === 1 && text(end + 1) === ',') &&
      !(line[end + 1]?.depth === 0)
    )
      end++;
    covers.push({ from: (line[i] as Token).from, to: (line[end] as Token).to, by: ' ' });
    i = end;
  }
}
