import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatPortType, type Json, type NodeType } from '@loom/graph';
import { beforeAll, describe, expect, it } from 'vitest';
import { pythonShelf } from './shelf.js';

/** Calls functions of the shelf with CPython: positional lists go to `*args`, the rest by name. */
const CALLER = `
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
def show(value):
    return {"svg": value._repr_svg_()} if hasattr(value, "_repr_svg_") else value
results = []
for module, function, inputs in json.load(sys.stdin):
    try:
        arguments = dict(inputs)
        rest = arguments.pop("*", [])
        results.append({"value": show(getattr(importlib.import_module(module), function)(*rest, **arguments))})
    except Exception as error:
        results.append({"error": f"{type(error).__name__}: {error}"})
json.dump(results, sys.stdout, default=str)
`;

type Call = readonly [name: string, inputs: Record<string, Json>, expected: unknown];

const penguins = [
  { species: 'Adelie', mass: 3750, sex: 'MALE' },
  { species: 'Gentoo', mass: 5000, sex: '' },
  { species: 'Adelie', mass: null, sex: null },
  { species: 'Gentoo', mass: 5200, sex: 'FEMALE' },
];
const error = (message: string) => ({ error: message });

const calls: readonly Call[] = [
  ['add', { a: 2, b: 0.5 }, 2.5],
  ['subtract', { a: 2, b: 5 }, -3],
  ['multiply', { a: -4, b: 2.5 }, -10],
  ['divide', { a: 1, b: 4 }, 0.25],
  ['divide', { a: 1, b: 0 }, error('ZeroDivisionError: division by zero')],
  ['round_number', { value: 2.5 }, 3],
  ['round_number', { value: -2.5 }, -3],
  ['round_number', { value: 1.005, digits: 2 }, 1.01],
  ['round_number', { value: 1250, digits: -2 }, 1300],
  ['round_number', { value: 1e300, digits: 2 }, 1e300],
  ['add_all', { '*': [0.1, 0.2, 0.3, 0.4] }, 1],
  ['add_all', {}, 0],
  ['summarise', { values: [4, null, 1, 7] }, { count: 3, mean: 4, median: 4, deviation: 3, smallest: 1, largest: 7 }],
  ['summarise', { values: [2] }, { count: 1, mean: 2, median: 2, deviation: 0, smallest: 2, largest: 2 }],
  ['summarise', { values: [null] }, error('ValueError: There are no numbers to describe.')],
  ['linear_regression', { x: [0, 1, 2], y: [1, 3, 5] }, [2, 1, 1]],
  ['linear_regression', { x: [0, 1, null], y: [4, 4, 9] }, [0, 4, 1]],
  [
    'linear_regression',
    { x: [1, 1], y: [4, 5] },
    error('ValueError: A line needs points at two different places of x.'),
  ],
  ['linear_regression', { x: [1], y: [] }, error('ValueError: x has 1 numbers, but y has 0.')],

  ['fill_template', { template: '{{{name}}} is { age }', values: { name: 'Ada', age: 36 } }, '{Ada} is 36'],
  [
    'fill_template',
    { template: '{who}', values: { name: 1 } },
    error('ValueError: There is no value for "who". There are: name.'),
  ],
  ['split_text', { text: ' a  b\nc ' }, ['a', 'b', 'c']],
  ['split_text', { text: 'a, ,b', separator: ',', trim: false }, ['a', ' ', 'b']],
  ['join_text', { parts: ['a', 1, null], separator: '-' }, 'a-1-None'],
  ['replace_text', { text: 'a.b.c', find: '.', replacement: '\\1' }, 'a\\1b\\1c'],
  ['replace_text', { text: 'Ab ab', find: 'A(.)', replacement: '<\\1>', pattern: true, ignore_case: true }, '<b> <b>'],
  ['replace_text', { text: 'abc', find: '' }, 'abc'],
  ['change_case', { text: "it's ELSE", case: 'title' }, "It's Else"],
  ['change_case', { text: 'ab CD', case: 'sentence' }, 'Ab cd'],
  ['change_case', { text: 'aB', case: 'upper' }, 'AB'],
  ['change_case', { text: 'aB' }, 'ab'],
  [
    'count_words',
    { text: 'To be, or not to be: don’t!', most: 3 },
    [
      { word: 'be', count: 2 },
      { word: 'to', count: 2 },
      { word: 'don’t', count: 1 },
    ],
  ],
  [
    'count_words',
    { text: 'A a', ignore_case: false, most: 0 },
    [
      { word: 'A', count: 1 },
      { word: 'a', count: 1 },
    ],
  ],

  ['compare', { a: 1, operator: '<', b: 2 }, true],
  ['compare', { a: 2, operator: '<=', b: 1 }, false],
  ['compare', { a: 2, operator: '>', b: 1 }, true],
  ['compare', { a: 1, operator: '>=', b: 1 }, true],
  ['compare', { a: 1, operator: '==', b: 1 }, true],
  ['compare', { a: 1, operator: '!=', b: 1 }, false],
  ['compare', { a: 'b', operator: 'in', b: ['a', 'b'] }, true],
  ['choose', { condition: true, when_true: 1, when_false: 2 }, 1],
  ['choose', { condition: false, when_true: 1, when_false: 2 }, 2],
  ['first_present', { '*': [null, 0, 1] }, 0],
  ['first_present', {}, null],
  ['all_true', { '*': [true, false] }, false],
  ['any_true', { '*': [true, false] }, true],

  [
    'parse_csv',
    { text: '\ufeffid,n,n,\r\n007,1,1.5,a\n\n008,2,,"b\nc"\n009' },
    [
      { id: '007', n: 1, 'n 2': 1.5, 'column 4': 'a' },
      { id: '008', n: 2, 'n 2': null, 'column 4': 'b\nc' },
      { id: '009', n: null, 'n 2': null, 'column 4': null },
    ],
  ],
  ['parse_csv', { text: 'a;b\n1;2', delimiter: ';', numbers: false }, [{ a: '1', b: '2' }]],
  ['parse_csv', { text: '' }, []],
  ['parse_csv', { text: 'a\n1,2' }, error('ValueError: Line 2 has 2 cells, but there are 1 columns.')],
  ['parse_json', { text: '{"a": [1, null]}' }, { a: [1, null] }],
  [
    'write_csv',
    {
      rows: [
        { a: 1, b: 'x,y' },
        { a: null, c: true },
      ],
    },
    'a,b,c\n1,"x,y",\n,,True\n',
  ],
  ['filter_rows', { rows: penguins, column: 'mass', operator: '>', value: '3800' }, [penguins[1], penguins[3]]],
  ['filter_rows', { rows: penguins, column: 'mass', operator: '==', value: null }, [penguins[2]]],
  ['filter_rows', { rows: penguins, column: 'mass', operator: '!=', value: 3750 }, penguins.slice(1)],
  ['filter_rows', { rows: penguins, column: 'sex', operator: 'contains', value: 'MALE' }, [penguins[0], penguins[3]]],
  ['filter_rows', { rows: penguins, column: 'sex', operator: 'starts with', value: 'F' }, [penguins[3]]],
  ['filter_rows', { rows: penguins, column: 'sex', operator: 'ends with', value: 'E' }, [penguins[0], penguins[3]]],
  ['filter_rows', { rows: penguins, column: 'species', operator: '<', value: 'B' }, [penguins[0], penguins[2]]],
  ['filter_rows', { rows: penguins, column: 'mass', operator: '<=', value: 3750 }, [penguins[0]]],
  ['filter_rows', { rows: penguins, column: 'mass', operator: '>=', value: 5200 }, [penguins[3]]],
  [
    'filter_rows',
    { rows: penguins, column: 'mass', operator: 'is one of', value: [3750, 5200] },
    [penguins[0], penguins[3]],
  ],
  [
    'filter_rows',
    { rows: penguins, column: 'weight', operator: '==', value: 1 },
    error('ValueError: There is no column "weight". There are: species, mass, sex.'),
  ],
  ['drop_missing', { rows: penguins, column: 'mass' }, [penguins[0], penguins[1], penguins[3]]],
  ['drop_missing', { rows: penguins }, [penguins[0], penguins[3]]],
  [
    'select_columns',
    { rows: [{ a: 1, b: 2 }, { b: 3 }], columns: ['b', 'a'] },
    [
      { b: 2, a: 1 },
      { b: 3, a: null },
    ],
  ],
  [
    'sort_rows',
    { rows: penguins, column: 'mass', descending: true },
    [penguins[3], penguins[1], penguins[0], penguins[2]],
  ],
  ['sort_rows', { rows: [{ a: 'x' }, { a: 2 }, { a: null }], column: 'a' }, [{ a: 2 }, { a: 'x' }, { a: null }]],
  ['limit_rows', { rows: penguins, count: 2, skip: 1 }, penguins.slice(1, 3)],
  ['limit_rows', { rows: penguins, count: -1 }, []],
  [
    'group_by',
    { rows: penguins, by: 'species', column: 'mass' },
    [
      { species: 'Adelie', count: 1, mean: 3750 },
      { species: 'Gentoo', count: 2, mean: 5100 },
    ],
  ],
  [
    'group_by',
    { rows: penguins, by: 'species', how: 'count' },
    [
      { species: 'Adelie', count: 2 },
      { species: 'Gentoo', count: 2 },
    ],
  ],
  ...(
    [
      ['median', 5100],
      ['sum', 10200],
      ['min', 5000],
      ['max', 5200],
      ['std', Math.sqrt(20000)],
    ] as const
  ).map(([how, value]): Call => {
    const one = how === 'std' ? null : 3750;
    return [
      'group_by',
      { rows: penguins, by: 'species', column: 'mass', how },
      [
        { species: 'Adelie', count: 1, [how]: one },
        { species: 'Gentoo', count: 2, [how]: value },
      ],
    ];
  }),
  ['group_by', { rows: penguins, by: 'species' }, error('ValueError: Name the column whose mean is wanted.')],
  ['group_by', { rows: [], by: 'species', column: 'mass' }, []],
  [
    'join_rows',
    {
      left: [
        { id: 1, a: 'x' },
        { id: 2, a: 'y' },
      ],
      right: [
        { id: 1, a: 'z' },
        { id: 3, a: 'w' },
      ],
      on: 'id',
      how: 'outer',
    },
    [
      { id: 1, a: 'x', 'a (right)': 'z' },
      { id: 2, a: 'y', 'a (right)': null },
      { id: 3, a: null, 'a (right)': 'w' },
    ],
  ],
  [
    'join_rows',
    {
      left: [{ id: 1 }, { id: 2 }],
      right: [
        { id: 1, b: 1 },
        { id: 1, b: 2 },
      ],
      on: 'id',
      how: 'inner',
    },
    [
      { id: 1, b: 1 },
      { id: 1, b: 2 },
    ],
  ],
  ['join_rows', { left: [{ id: true }], right: [{ id: 1, b: 1 }], on: 'id' }, [{ id: true, b: null }]],
  [
    'calculate_column',
    {
      rows: [
        { a: 6, b: 4 },
        { a: 1, b: 0 },
        { a: null, b: 1 },
      ],
      name: 'c',
      column: 'a',
      operator: '/',
      other: 'b',
    },
    [
      { a: 6, b: 4, c: 1.5 },
      { a: 1, b: 0, c: null },
      { a: null, b: 1, c: null },
    ],
  ],
  ['calculate_column', { rows: [{ a: 7 }], name: 'a', column: 'a', operator: '%', other: 4 }, [{ a: 3 }]],
  ['column_values', { rows: penguins, column: 'species', distinct: true }, ['Adelie', 'Gentoo']],
  ['column_values', { rows: penguins, column: 'mass' }, [3750, 5000, 5200]],
  ['column_values', { rows: penguins, column: 'mass', missing: true }, [3750, 5000, null, 5200]],
];

const svg = (...parts: readonly string[]) => ({
  svg: parts.reduce(
    (expected, part) => ({ asymmetricMatch: (text: string) => text.includes(part) && expected.asymmetricMatch(text) }),
    {
      asymmetricMatch: (text: string) => text.startsWith('<svg ') && text.endsWith('</svg>') && !/NaN|inf/.test(text),
    },
  ),
});
const points = [
  { x: 2000, y: 1.5, g: 'one' },
  { x: 2001, y: null, g: 'two' },
  { x: 2002, y: -3, g: '<b>&' },
];

const drawings: readonly Call[] = [
  [
    'bar_chart',
    { rows: penguins, label: 'species', value: 'mass', title: 'Mass & more' },
    svg('Mass &amp; more', '>5,200<', '>no value<'),
  ],
  ['bar_chart', { rows: [], label: 'a', value: 'b' }, svg('Bar chart of b by a')],
  [
    'bar_chart',
    { rows: [{ a: 'x', b: 'many' }], label: 'a', value: 'b' },
    error('ValueError: "b" has \'many\', which is not a number.'),
  ],
  ['line_chart', { rows: points, x: 'x', y: 'y' }, svg('<path d="M', '>2000<', '2002, −3')],
  ['line_chart', { rows: points, x: 'g', y: 'y', group: 'g', title: 't' }, svg('&lt;b&gt;&amp;', '<rect')],
  ['scatter_chart', { rows: points, x: 'x', y: 'y', group: 'g' }, svg('<circle', 'one: 2000, 1.5')],
  [
    'scatter_chart',
    {
      rows: [
        { x: 1e308, y: 1 },
        { x: -1e308, y: 2 },
      ],
      x: 'x',
      y: 'y',
    },
    svg('Scatter chart'),
  ],
  ['scatter_chart', { rows: points, x: 'z', y: 'y' }, error('ValueError: There is no column "z". There are: x, y, g.')],
  ['histogram', { values: [1, 1, 2, 9, null], bins: 4 }, svg('Histogram of 4 numbers', '1 to 3: 3')],
  ['histogram', { values: [] }, svg('Histogram of 0 numbers')],
];

const all = [...calls, ...drawings];

function call(list: readonly Call[]): Record<string, unknown>[] {
  const moduleOf = new Map(pythonShelf.types.map(({ id, category = '' }) => [id, category.toLowerCase()]));
  const requests = list.map(([name, inputs]) => [moduleOf.get(`python/${name}`), name, inputs]);
  const folder = fileURLToPath(new URL('../shelf/', import.meta.url));
  const output = execFileSync('python3', ['-c', CALLER, folder], { input: JSON.stringify(requests), encoding: 'utf8' });
  return JSON.parse(output) as Record<string, unknown>[];
}

describe('every node of the shelf computes what it says', () => {
  let results: Record<string, unknown>[];
  beforeAll(() => {
    results = call(all);
  });

  it.each(all.map(([name, inputs, expected], index) => ({ name, inputs: JSON.stringify(inputs), expected, index })))(
    '$name $inputs',
    ({ expected, index }) => {
      const isError = typeof expected === 'object' && expected !== null && 'error' in expected;
      expect(results[index]).toEqual(isError ? expected : { value: expected });
    },
  );
});

it('the penguins of the Palmer Archipelago have the published body mass', () => {
  const file = new URL('../../../node_modules/vega-datasets/data/penguins.json', import.meta.url);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Json;
  const mass = 'Body Mass (g)';
  expect(call([['group_by', { rows, by: 'Species', column: mass, how: 'mean' }, undefined]])).toEqual([
    {
      value: [
        { Species: 'Adelie', count: 151, mean: expect.closeTo(3700.66, 2) },
        { Species: 'Chinstrap', count: 68, mean: expect.closeTo(3733.09, 2) },
        { Species: 'Gentoo', count: 123, mean: expect.closeTo(5076.02, 2) },
      ],
    },
  ]);
});

it('every node is called by a test', () => {
  const called = new Set(all.map(([name]) => `python/${name}`));
  expect(pythonShelf.types.map(({ id }) => id).filter((id) => !called.has(id))).toEqual([]);
});

it('every node is documented, typed, pure and free of problems', () => {
  for (const type of pythonShelf.types) {
    expect(type.problems).toEqual([]);
    expect(type.pure).toBe(true);
    expect([type.id, type.description, type.category]).not.toContain(undefined);
    expect(type.inputs.filter(({ help }) => !help).map(({ id }) => `${type.id}.${id}`)).toEqual([]);
    expect(type.outputs.length).toBeGreaterThan(0);
  }
});

it('the ids are unique, and the nodes of a topic share one source', () => {
  const ids = pythonShelf.types.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const sources = pythonShelf.types.map(({ implementation }) => 'source' in implementation && implementation.source);
  expect(new Set(sources).size).toBe(5);
});

it('signatures become ports', () => {
  const signature = ({ id, inputs, outputs }: NodeType) => {
    const taken = inputs.map((port) => `${port.id}${port.required ? '' : '?'}: ${formatPortType(port.type)}`);
    const given = outputs.map((port) => `${port.id}: ${formatPortType(port.type)}`);
    return `${id} (${taken.join(', ')}) -> ${given.join(', ')}`;
  };
  expect(pythonShelf.types.map(signature)).toMatchInlineSnapshot(`
    [
      "python/parse_csv (text: string, delimiter?: string, numbers?: bool) -> result: list<dict<any, any>>",
      "python/parse_json (text: string) -> result: any",
      "python/write_csv (rows: list<dict<any, any>>, delimiter?: string) -> result: string",
      "python/filter_rows (rows: list<dict<any, any>>, column: string, operator: "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "starts with" | "ends with" | "is one of", value: any) -> result: list<dict<any, any>>",
      "python/drop_missing (rows: list<dict<any, any>>, column?: string) -> result: list<dict<any, any>>",
      "python/select_columns (rows: list<dict<any, any>>, columns: list<string>) -> result: list<dict<any, any>>",
      "python/sort_rows (rows: list<dict<any, any>>, column: string, descending?: bool) -> result: list<dict<any, any>>",
      "python/limit_rows (rows: list<dict<any, any>>, count?: int, skip?: int) -> result: list<dict<any, any>>",
      "python/group_by (rows: list<dict<any, any>>, by: string, column?: string, how?: "mean" | "median" | "sum" | "min" | "max" | "std" | "count") -> result: list<dict<any, any>>",
      "python/join_rows (left: list<dict<any, any>>, right: list<dict<any, any>>, on: string, how?: "inner" | "left" | "outer") -> result: list<dict<any, any>>",
      "python/calculate_column (rows: list<dict<any, any>>, name: string, column: string, operator: "+" | "-" | "*" | "/" | "//" | "%" | "**", other: string | number) -> result: list<dict<any, any>>",
      "python/column_values (rows: list<dict<any, any>>, column: string, distinct?: bool, missing?: bool) -> result: list<any>",
      "python/add (a: number, b: number) -> result: number",
      "python/subtract (a: number, b: number) -> result: number",
      "python/multiply (a: number, b: number) -> result: number",
      "python/divide (a: number, b: number) -> result: number",
      "python/round_number (value: number, digits?: int) -> result: number",
      "python/add_all (numbers?: number) -> result: number",
      "python/summarise (values: list<number>) -> count: int, mean: number, median: number, deviation: number, smallest: number, largest: number",
      "python/linear_regression (x: list<number>, y: list<number>) -> slope: number, intercept: number, fit: number",
      "python/fill_template (template: string, values: dict<string, any>) -> result: string",
      "python/split_text (text: string, separator?: string, trim?: bool) -> result: list<string>",
      "python/join_text (parts: list<any>, separator?: string) -> result: string",
      "python/replace_text (text: string, find: string, replacement?: string, pattern?: bool, ignore_case?: bool) -> result: string",
      "python/change_case (text: string, case?: "lower" | "upper" | "title" | "sentence") -> result: string",
      "python/count_words (text: string, most?: int, ignore_case?: bool) -> result: list<dict<any, any>>",
      "python/compare (a: any, operator: "==" | "!=" | "<" | "<=" | ">" | ">=" | "in", b: any) -> result: bool",
      "python/choose (condition: bool, when_true: T, when_false: T) -> result: T",
      "python/first_present (values?: T) -> result: T | none",
      "python/all_true (conditions?: bool) -> result: bool",
      "python/any_true (conditions?: bool) -> result: bool",
      "python/bar_chart (rows: list<dict<any, any>>, label: string, value: string, title?: string) -> result: Svg",
      "python/line_chart (rows: list<dict<any, any>>, x: string, y: string, group?: string, title?: string) -> result: Svg",
      "python/scatter_chart (rows: list<dict<any, any>>, x: string, y: string, group?: string, title?: string) -> result: Svg",
      "python/histogram (values: list<number>, bins?: int, title?: string) -> result: Svg",
    ]
  `);
});
