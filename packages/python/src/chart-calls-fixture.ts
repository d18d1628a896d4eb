import { type Call, error, penguins } from './shelf-call-fixture.js';

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

/** Calls of the nodes that draw charts. */
export const chartCalls: readonly Call[] = [
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
