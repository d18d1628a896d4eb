import type { LoomError, PortId } from '@loom/graph';
import type { ArithmeticOperator, Comparison, ComparisonOperator, Expression } from './expression.js';
import { syntaxError } from './fault.js';
import { type Sign, type Token, tokensOf } from './token.js';

/** Parentheses, brackets and signs within each other. The parser recurses, and nobody reads more. */
const MAX_DEPTH = 50;

const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
]);

const COMPARISONS: Partial<Readonly<Record<Sign, ComparisonOperator>>> = {
  '==': '==',
  '===': '==',
  '!=': '!=',
  '!==': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** A condition and the inputs that it looks at. */
export interface ParsedCondition {
  readonly expression: Expression;
  readonly inputs: ReadonlySet<PortId>;
}

/**
 * Reads the text of a condition.
 *
 * @throws LoomError `breakpoint/syntax`, with the column in its context
 */
export function parseCondition(text: string): ParsedCondition {
  return new Parser(tokensOf(text)).parse();
}

/**
 * Recursive descent: a method for each level of precedence, the loosest first. A parser of our own because jsep, the small
 * one that is kept well, knows no `and`, chains, columns or bounds, and evaluators for it are no sandbox by their own word.
 */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #inputs = new Set<PortId>();
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): ParsedCondition {
    if (this.#isAtEnd()) throw syntaxError('The condition is empty. Write one such as: index == 3', 1);
    const expression = this.#or();
    if (!this.#isAtEnd()) throw this.#unexpected('the end of the condition');
    return { expression, inputs: this.#inputs };
  }

  /** The token that comes next. */
  get #next(): Token {
    return this.#tokens[this.#at] as Token; // the last one is `end`, which nobody goes past
  }

  #isAtEnd(): boolean {
    return this.#next.kind === 'end';
  }

  #or(): Expression {
    let left = this.#and();
    for (let { column } = this.#next; this.#takeSign('||') || this.#takeWord('or'); { column } = this.#next) {
      left = { kind: 'or', left, right: this.#and(), column };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    for (let { column } = this.#next; this.#takeSign('&&') || this.#takeWord('and'); { column } = this.#next) {
      left = { kind: 'and', left, right: this.#not(), column };
    }
    return left;
  }

  /** `not` is looser than a comparison, as in Python; `!` is tighter, as in JavaScript. */
  #not(): Expression {
    const { column } = this.#next;
    if (!this.#takeWord('not')) return this.#comparison();
    return { kind: 'not', of: this.#nested(() => this.#not()), column };
  }

  #comparison(): Expression {
    const first = this.#sum();
    const rest: Comparison[] = [];
    for (;;) {
      const { column } = this.#next;
      const operator = this.#comparisonOperator();
      if (!operator) break;
      rest.push({ operator, operand: this.#sum(), column });
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest, column: first.column };
  }

  #comparisonOperator(): ComparisonOperator | undefined {
    const token = this.#next;
    if (token.kind === 'sign') {
      const operator = COMPARISONS[token.value];
      if (operator) this.#at++;
      return operator;
    }
    if (this.#takeWord('in')) return 'in';
    if (!this.#takeWord('not')) return undefined;
    if (!this.#takeWord('in')) throw this.#unexpected('"in"');
    return 'not in';
  }

  #sum(): Expression {
    return this.#arithmetic(['+', '-'], () => this.#product());
  }

  #product(): Expression {
    return this.#arithmetic(['*', '/', '%'], () => this.#unary());
  }

  #arithmetic(operators: readonly ArithmeticOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const { column } = this.#next;
      const operator = operators.find((sign) => this.#takeSign(sign));
      if (!operator) return left;
      left = { kind: 'arithmetic', operator, left, right: operand(), column };
    }
  }

  #unary(): Expression {
    const { column } = this.#next;
    if (this.#takeSign('-')) return { kind: 'negate', of: this.#nested(() => this.#unary()), column };
    if (this.#takeSign('!')) return { kind: 'not', of: this.#nested(() => this.#unary()), column };
    return this.#postfix();
  }

  #postfix(): Expression {
    let of = this.#primary();
    for (;;) {
      const { column } = this.#next;
      if (this.#takeSign('.')) of = { kind: 'member', of, key: this.#name(), column };
      else if (this.#takeSign('[')) {
        of = { kind: 'member', of, key: this.#nested(() => this.#or()), column };
        this.#expectSign(']');
      } else return of;
    }
  }

  #primary(): Expression {
    const token = this.#next;
    const { column } = token;
    if (token.kind === 'number' || token.kind === 'text') {
      this.#at++;
      return { kind: 'value', value: token.value, column };
    }
    if (this.#takeSign('(')) {
      const inner = this.#nested(() => this.#or());
      this.#expectSign(')');
      return inner;
    }
    if (this.#takeSign('[')) return { kind: 'list', items: this.#items(), column };
    if (token.kind !== 'word') throw this.#unexpected('a value');
    this.#at++;
    const literal = WORDS.get(token.value);
    if (literal !== undefined) return { kind: 'value', value: literal, column };
    switch (token.value) {
      case 'index':
        return { kind: 'index', column };
      case 'frame':
        return { kind: 'frame', column };
      case 'inputs':
        return this.#input(column);
      case 'len': {
        this.#expectSign('(');
        const of = this.#nested(() => this.#or());
        this.#expectSign(')');
        return { kind: 'length', of, column };
      }
      case 'and':
      case 'or':
      case 'in':
        this.#at--;
        throw this.#unexpected('a value');
      default:
        throw syntaxError(
          `"${token.value}" is not known. A condition has index, frame[0], inputs.name and len(x).`,
          column,
        );
    }
  }

  /** Inputs are named, not computed: whoever evaluates the condition then knows which values it needs. */
  #input(column: number): Expression {
    let port: PortId | undefined;
    if (this.#takeSign('.')) {
      port = this.#name().value;
    } else if (this.#takeSign('[')) {
      const token = this.#next;
      if (token.kind !== 'text') throw this.#unexpected('the name of an input in quotes');
      this.#at++;
      this.#expectSign(']');
      port = token.value;
    }
    if (port === undefined) throw syntaxError('Name one of the inputs: inputs.name or inputs["name"].', column);
    this.#inputs.add(port);
    return { kind: 'input', port, column };
  }

  #items(): Expression[] {
    const items: Expression[] = [];
    while (!this.#takeSign(']')) {
      items.push(this.#nested(() => this.#or()));
      if (this.#takeSign(']')) break;
      this.#expectSign(',');
    }
    return items;
  }

  #name(): { readonly kind: 'value'; readonly value: string; readonly column: number } {
    const token = this.#next;
    if (token.kind !== 'word') throw this.#unexpected('a name');
    this.#at++;
    return { kind: 'value', value: token.value, column: token.column };
  }

  #nested(read: () => Expression): Expression {
    if (this.#depth >= MAX_DEPTH) {
      throw syntaxError(`The condition is nested more than ${MAX_DEPTH} levels deep.`, this.#next.column);
    }
    this.#depth++;
    const expression = read();
    this.#depth--;
    return expression;
  }

  #takeSign(value: Sign): boolean {
    return this.#take('sign', value);
  }

  #takeWord(value: string): boolean {
    return this.#take('word', value);
  }

  #take(kind: Token['kind'], value: string): boolean {
    const token = this.#next;
    if (token.kind !== kind || !('value' in token) || token.value !== value) return false;
    this.#at++;
    return true;
  }

  #expectSign(value: Sign): void {
    if (!this.#takeSign(value)) throw this.#unexpected(`"${value}"`);
  }

  #unexpected(wanted: string): LoomError {
    const token = this.#next;
    const found = token.kind === 'end' ? 'the condition ends' : `there is ${JSON.stringify(token.value)}`;
    return syntaxError(`Expected ${wanted} here, but ${found}.`, token.column);
  }
}
