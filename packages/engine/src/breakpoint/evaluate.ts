import { assertNever, type PortId } from '@loom/graph';
import { typeName } from '../preview/describe.js';
import { areEqual, contains, isBefore, lengthOf, memberOf } from './data.js';
import type { Comparison, Expression } from './expression.js';
import { evaluationError } from './fault.js';

type Arithmetic = Extract<Expression, { kind: 'arithmetic' }>;

/** What a condition is asked about: a node that is about to start. */
export interface ConditionContext {
  /** The indexes of the iterations that the node is in, outermost first; empty outside of zones. */
  readonly frame: readonly number[];
  /** The values at the node's inputs. An input that has none is there with `undefined`, and counts as `null`. */
  readonly inputs: Readonly<Record<PortId, unknown>>;
}

/** The value of a part of a condition. Recurses as deep as the text of a condition can nest. */
export function evaluate(expression: Expression, context: ConditionContext): unknown {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'list':
      return expression.items.map((item) => evaluate(item, context));
    case 'frame':
      return context.frame;
    case 'index': {
      const index = context.frame.at(-1);
      if (index !== undefined) return index;
      throw evaluationError(
        'breakpoint/no-frame',
        'This node is in no zone, so there is no "index".',
        expression.column,
      );
    }
    case 'input':
      return inputOf(expression.port, context, expression.column);
    case 'member':
      return memberOf(evaluate(expression.of, context), evaluate(expression.key, context), expression.column) ?? null;
    case 'length':
      return lengthOf(evaluate(expression.of, context), expression.column);
    case 'not':
      return !flagOf(expression.of, context, '"not"');
    case 'negate':
      return -numberOf(evaluate(expression.of, context), expression.column);
    case 'and':
      return flagOf(expression.left, context, '"and"') && flagOf(expression.right, context, '"and"');
    case 'or':
      return flagOf(expression.left, context, '"or"') || flagOf(expression.right, context, '"or"');
    case 'arithmetic':
      return calculate(expression, context);
    case 'compare':
      return compareAll(expression.first, expression.rest, context);
    default:
      return assertNever(expression, 'part of a condition');
  }
}

/** The answer of a part that must be true or false. */
export function flagOf(expression: Expression, context: ConditionContext, who: string): boolean {
  const value = evaluate(expression, context);
  if (typeof value === 'boolean') return value;
  const message = `${who} needs true or false here, and this is ${typeName(value)}.`;
  throw evaluationError('breakpoint/not-a-bool', message, expression.column);
}

function inputOf(port: PortId, { inputs }: ConditionContext, column: number): unknown {
  if (Object.hasOwn(inputs, port)) return inputs[port] ?? null;
  const names = Object.keys(inputs);
  const present = names.length === 0 ? 'It has none.' : `It has: ${names.slice(0, 20).join(', ')}.`;
  throw evaluationError('breakpoint/unknown-input', `This node has no input "${port}". ${present}`, column);
}

function calculate({ operator, left, right, column }: Arithmetic, context: ConditionContext): number | string {
  const a = evaluate(left, context);
  const b = evaluate(right, context);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  const x = numberOf(a, column);
  const y = numberOf(b, column);
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / divisor(y, column);
    case '%': {
      // As in Python: the sign of the divisor, so that `index % 2 == 1` also holds for what is below zero.
      const rest = x % divisor(y, column);
      return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
    }
    default:
      return assertNever(operator, 'operator');
  }
}

function divisor(value: number, column: number): number {
  if (value !== 0) return value;
  throw evaluationError('breakpoint/division-by-zero', 'This divides by zero.', column);
}

function numberOf(value: unknown, column: number): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw evaluationError(
    'breakpoint/wrong-type',
    `This calculates with ${typeName(value)}, which is no number.`,
    column,
  );
}

/** `a < b < c` holds when both do; what is after the first that does not hold is not looked at. */
function compareAll(first: Expression, rest: readonly Comparison[], context: ConditionContext): boolean {
  let left = evaluate(first, context);
  for (const comparison of rest) {
    const right = evaluate(comparison.operand, context);
    if (!compare(left, right, comparison)) return false;
    left = right;
  }
  return true;
}

function compare(left: unknown, right: unknown, { operator, column }: Comparison): boolean {
  switch (operator) {
    case '==':
      return areEqual(left, right, column);
    case '!=':
      return !areEqual(left, right, column);
    case '<':
      return isBefore(left, right, column);
    case '>':
      return isBefore(right, left, column);
    case '<=':
      return isBefore(left, right, column) || areEqual(left, right, column);
    case '>=':
      return isBefore(right, left, column) || areEqual(left, right, column);
    case 'in':
      return contains(right, left, column);
    case 'not in':
      return !contains(right, left, column);
    default:
      return assertNever(operator, 'comparison');
  }
}
