import type { Json } from '@loom/graph';
import { type Call, error, penguins } from './shelf-call-fixture.js';

const noWeight = error('ValueError: There is no column "weight". There are: species, mass, sex.');

/** Calls of the nodes that read and change rows. */
export const rowCalls: readonly Call[] = [
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

  // What would come to an empty or a wrong table is an error.
  ...(
    [
      ['drop_missing', { column: 'weight' }],
      ['select_columns', { columns: ['mass', 'weight'] }],
      ['sort_rows', { column: 'weight' }],
      ['group_by', { by: 'weight', how: 'count' }],
      ['group_by', { by: 'species', column: 'weight' }],
      ['calculate_column', { name: 'n', column: 'weight', operator: '+', other: 1 }],
      ['calculate_column', { name: 'n', column: 'mass', operator: '+', other: 'weight' }],
      ['column_values', { column: 'weight' }],
    ] as const
  ).map(([name, inputs]): Call => [name, { rows: penguins, ...inputs }, noWeight]),
  ['join_rows', { left: penguins, right: [{ species: 'Adelie' }], on: 'weight' }, noWeight],
  ['join_rows', { left: [{ weight: 1 }], right: penguins, on: 'weight' }, noWeight],
  ['select_columns', { rows: penguins, columns: [] }, error('ValueError: Name at least one column to keep.')],
  ...(
    [
      [{ mass: [1, 2] }, 'not a dict'],
      ['mass\n1', 'not a str'],
      [[{ mass: 1 }, [2]], 'but row 2 is a list'],
    ] as const
  ).flatMap(([rows, but]) =>
    (
      [
        ['drop_missing', {}],
        ['limit_rows', {}],
        ['write_csv', {}],
        ['sort_rows', { column: 'mass' }],
      ] as const
    ).map(
      ([name, inputs]): Call => [
        name,
        { rows: rows as Json, ...inputs },
        error(`TypeError: A table is a list of dicts, one per row, ${but}.`),
      ],
    ),
  ),
  [
    'filter_rows',
    { rows: penguins, column: 'species', operator: 'is one of', value: 'Adelie, Gentoo' },
    error('TypeError: "is one of" wants a list such as ["a", "b"], not \'Adelie, Gentoo\'.'),
  ],
  ['filter_rows', { rows: penguins, column: 'mass', operator: 'is one of', value: ['3750', 'x'] }, [penguins[0]]],
  [
    'filter_rows',
    { rows: penguins, column: 'species', operator: 'contains', value: null },
    error('TypeError: "contains" wants a text, not None.'),
  ],
  [
    'filter_rows',
    { rows: penguins, column: 'mass', operator: '<', value: null },
    error('TypeError: "<" wants a value to compare with, not None.'),
  ],
];
