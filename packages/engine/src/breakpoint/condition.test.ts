import { LoomError } from '@loom/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCondition } from './condition.js';
import type { ConditionContext } from './evaluate.js';

const inputs = {
  n: 7,
  big: 10n ** 20n,
  text: 'naïve 🧵',
  flag: true,
  list: [1, 2, 3],
  row: { price: 250, 'unit price': 2, tags: ['new', 'blue'] },
  numbers: new Float64Array([0.5, 1.5]),
  map: new Map<unknown, unknown>([['a', 1]]),
  set: new Set(['x']),
  when: new Date(0),
  'my-port': null,
  absent: undefined,
};
const context: ConditionContext = { frame: [2, 5], inputs };

function ask(text: string, at: ConditionContext = context): boolean | string {
  const condition = readCondition(text);
  if (!condition.ok) return `${condition.column}: ${condition.message}`;
  try {
    return condition.evaluate(at);
  } catch (error) {
    if (error instanceof LoomError) return error.code;
    throw error;
  }
}

describe('a condition', () => {
  it.each([
    'index == 5',
    'frame[0] == 2 and frame[1] == index and frame[-1] == 5',
    'len(frame) == 2 && frame == [2, 5]',
    'inputs.n > 6 or inputs.nothing == 1',
    'not (inputs.n > 100) and !false',
    'not inputs.n == 8',
    '!(inputs.flag == false)',
    'inputs["my-port"] == null',
    'inputs.absent == None',
    '0 < index < 6 <= 6',
    'index % 5 == 0 and -3 % 5 == 2',
    '1 + 2 * 3 - 4 / 2 == 5',
    '-(2) == - 2 and --2 == 2',
    "'a' + \"b\" == 'ab'",
    String.raw`'\u00e9\\\'' == "é\\'" and len('\t\n') == 2`,
    'inputs.row.price >= 250 and inputs.row["unit price"] < 3',
    'inputs.row.tags[0] == "new" and "blue" in inputs.row.tags',
    '"price" in inputs.row and "cost" not in inputs.row',
    '"ïv" in inputs.text',
    'len(inputs.text) == 7 and len(inputs.row) == 3 and len(inputs.map) == 1 and len(inputs.set) == 1',
    'inputs.numbers[1] == 1.5 and len(inputs.numbers) == 2',
    'inputs.map.a == 1 and "a" in inputs.map and "x" in inputs.set',
    'inputs.big > 1e19 and inputs.big == inputs.big',
    'inputs.when == inputs.when and inputs.when != 0',
    'inputs.row == inputs.row and inputs.list == [1, 2, 3,]',
    'index in [1, 5, 9]',
    '1 != "1" and 1 != true and null != 0 and "" != null',
    'False == false and None == null and 1 === 1.0 and 1 !== 2',
  ])('%s', (text) => {
    expect(ask(text)).toBe(true);
  });

  it('looks at nothing that it does not need', () => {
    expect(ask('inputs.n == 7 or inputs.gone')).toBe(true);
    expect(ask('inputs.n == 8 and inputs.gone')).toBe(false);
    expect(ask('9 < 8 < inputs.gone')).toBe(false);
    expect(ask('8 < 9 < inputs.gone')).toBe('breakpoint/unknown-input');
  });

  it('names the inputs that it looks at', () => {
    const condition = readCondition('inputs.a > 1 or inputs["b c"] in [inputs.a, inputs.in]');
    expect(condition).toMatchObject({ ok: true, inputs: ['a', 'b c', 'in'] });
  });

  it.each([
    ['inputs.n', 'breakpoint/not-a-bool'],
    ['inputs.n and true', 'breakpoint/not-a-bool'],
    ['not 0', 'breakpoint/not-a-bool'],
    ['inputs.gone == 1', 'breakpoint/unknown-input'],
    ['inputs.constructor == 1', 'breakpoint/unknown-input'],
    ['inputs.row.cost == 1', 'breakpoint/no-item'],
    ['inputs.row.__proto__ == null', 'breakpoint/no-item'],
    ['inputs.list[3] == 1', 'breakpoint/no-item'],
    ['inputs.list[0.5] == 1', 'breakpoint/no-item'],
    ['inputs.list.length == 3', 'breakpoint/wrong-type'],
    ['inputs.text.length == 3', 'breakpoint/wrong-type'],
    ['inputs.n < "8"', 'breakpoint/wrong-type'],
    ['inputs.n + "8" == ""', 'breakpoint/wrong-type'],
    ['len(inputs.n) == 1', 'breakpoint/wrong-type'],
    ['1 in inputs.n', 'breakpoint/wrong-type'],
    ['1 / 0 > 1', 'breakpoint/division-by-zero'],
    ['1 % 0 == 1', 'breakpoint/division-by-zero'],
  ])('%s has no answer: %s', (text, code) => {
    expect(ask(text)).toBe(code);
  });

  it('has no index outside of zones', () => {
    const outside = { frame: [], inputs };
    expect(ask('index == 0', outside)).toBe('breakpoint/no-frame');
    expect(ask('len(frame) == 0', outside)).toBe(true);
  });

  it.each([
    ['', '1: The condition is empty'],
    ['index = 3', '7: A single "=" means nothing here'],
    ['index ==', '9: Expected a value here, but the condition ends.'],
    ['(index == 3', '12: Expected ")" here, but the condition ends.'],
    ['index == 3)', '11: Expected the end of the condition here, but there is ")".'],
    ['index == 3 4', '12: Expected the end'],
    ['price > 3', '1: "price" is not known. A condition has index'],
    ['inputs > 3', '1: Name one of the inputs'],
    ['inputs[index] > 3', '8: Expected the name of an input in quotes'],
    ['inputs.  > 3', '10: Expected a name here, but there is ">".'],
    ['index > 3px', '9: "3px" is neither a number nor a name.'],
    ['"abc', '1: This text has no end.'],
    ['"a\\q"', '3: "\\q" stands for nothing.'],
    ['index; index', '6: ";" means nothing here.'],
    ['index == 🧵', '10: "🧵" means nothing here.'],
    ['index not 3', '11: Expected "in" here, but there is 3.'],
    ['and true', '1: Expected a value here, but there is "and".'],
    ['[1 2]', '4: Expected "," here, but there is 2.'],
    ['len index', '5: Expected "(" here'],
  ])('%s cannot be read, and says where', (text, expected) => {
    expect(ask(text)).toContain(expected);
  });

  it('may be as long and as deep as its bounds allow, and no more', () => {
    expect(ask(`${'('.repeat(51)}1${')'.repeat(51)} == 1`)).toBe(
      '52: The condition is nested more than 50 levels deep.',
    );
    expect(ask(`${'1+'.repeat(500)}1`)).toBe('1001: A condition has at most 1000 characters.');
    expect(ask(`${'1+'.repeat(496)}1 == 497`)).toBe(true);
    expect(ask(`${'('.repeat(50)}1${')'.repeat(50)} == 1`)).toBe(true);
    expect(ask(`${'not '.repeat(50)}true`)).toBe(true);
  });

  it('compares what contains itself within bounds', () => {
    const [a, b] = [0, 0].map(() => {
      const list: unknown[] = [];
      list.push(list);
      return list;
    });
    expect(ask('inputs.a == inputs.b', { frame: [], inputs: { a, b } })).toBe('breakpoint/too-large');
    const long = Array.from({ length: 1_000_001 }, () => 0);
    expect(ask('1 in inputs.long', { frame: [], inputs: { long } })).toBe('breakpoint/too-large');
  });

  it('tells of values that throw when they are looked at', () => {
    const trap = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new TypeError('no');
      },
    });
    expect(ask('inputs.trap.x == 1', { frame: [], inputs: { trap } })).toBe('breakpoint/failed');
  });
});

/** A condition of numbers as a tree, with what it must give. */
interface Tree {
  readonly text: string;
  readonly value: number;
  /** How tightly it binds: 3 for numbers, 2 for products, 1 for sums. */
  readonly level: number;
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.nat(9).map((value): Tree => ({ text: String(value), value, level: 3 })),
    fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree')).map(([left, operator, right]): Tree => {
      const level = operator === '*' ? 2 : 1;
      const value =
        operator === '+'
          ? left.value + right.value
          : operator === '-'
            ? left.value - right.value
            : left.value * right.value;
      // Parentheses only where precedence and order need them.
      const a = left.level < level ? `(${left.text})` : left.text;
      const b = right.level <= level ? `(${right.text})` : right.text;
      return { text: `${a} ${operator} ${b}`, value, level };
    }),
  ),
}));

it('calculates as arithmetic does, with as few parentheses as possible', () => {
  fc.assert(
    fc.property(tree, ({ text, value }) => {
      fc.pre(text.length < 900);
      expect(ask(`${text} == ${value < 0 ? `-${-value}` : value}`)).toBe(true);
    }),
  );
});

it('reads any text without a fault of its own, and says where it stops', () => {
  const piece = fc.constantFrom(
    ...[
      'index',
      'frame',
      'inputs',
      '.',
      'a',
      '[',
      ']',
      '(',
      ')',
      '==',
      '<',
      'in',
      'not',
      'and',
      '||',
      '!',
      '-',
      '1',
      '"x"',
      ',',
      '\\',
      '"',
      ' ',
      '.5',
      'len',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join(' ')),
  );
  fc.assert(
    fc.property(text, (condition) => {
      const read = readCondition(condition);
      if (!read.ok) {
        expect(read.column).toBeGreaterThanOrEqual(1);
        expect(read.column).toBeLessThanOrEqual(condition.length + 1);
        return;
      }
      try {
        expect(typeof read.evaluate({ frame: [1], inputs: { a: [1, 'x'] } })).toBe('boolean');
      } catch (error) {
        expect((error as LoomError).code).toMatch(/^breakpoint\//);
      }
    }),
    { numRuns: 2_000 },
  );
});
