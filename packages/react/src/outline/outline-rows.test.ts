import { builtinShelf } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument } from '@loom/graph';
import { expect, test } from 'vitest';
import { createNodeModels } from '../canvas/node/node-model.js';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';
import { outlineRows, rowKey } from './outline-rows.js';

function lines(document: FlowDocument, options: { toggled?: readonly string[]; query?: string; zones?: boolean } = {}) {
  const models = createNodeModels()({ document, library: options.zones ? zoneLibrary : library });
  const rows = outlineRows({
    document,
    models,
    sizeOf: () => ({ width: 100, height: 50 }),
    toggled: new Set(options.toggled),
    query: options.query ?? '',
  });
  return rows.map((row) => {
    const name =
      row.kind === 'node'
        ? row.id
        : row.kind === 'frame'
          ? `[${row.id}]`
          : row.kind === 'port'
            ? `${row.at.side === 'source' ? '>' : '<'}${row.at.port}`
            : `-${row.id}`;
    const sign = row.isOpen === undefined ? ' ' : row.isOpen ? 'v' : '>';
    return `${'  '.repeat(row.level - 1)}${sign} ${name} ${row.place}/${row.of}`;
  });
}

test('nodes stand in the order in which they run, closed at first', () => {
  expect(lines(sumFlow)).toEqual(['> one 1/4', '> two 2/4', '> text 3/4', '> sum 4/4']);
});

test('below an open node are its ports, and below an open port its wires', () => {
  const toggled = [rowKey.node('sum'), rowKey.port({ node: 'sum', port: 'a', side: 'target' })];
  expect(lines(sumFlow, { toggled }).slice(3)).toEqual([
    'v sum 4/4',
    '  v <a 1/3',
    '      -e1 1/1',
    '    <b 2/3',
    '    >sum 3/3',
  ]);
});

test('what lies in a zone stands below it, and a closed zone hides it', () => {
  const open = lines(zoneFlow, { zones: true });
  const each = open.findIndex((line) => /^v each/.test(line));
  expect(open.slice(each).some((line) => /^ {2}> add/.test(line))).toBe(true);
  const closed = lines(zoneFlow, { zones: true, toggled: [rowKey.node('each')] });
  expect(closed.some((line) => line.includes('add'))).toBe(false);
});

test('nodes on a frame stand below it; a note has nothing below', () => {
  const document = {
    ...sumFlow,
    frames: {
      left: { kind: 'frame', position: { x: -10, y: -10 }, size: { width: 120, height: 300 }, title: 'Left' } as const,
      hint: { kind: 'note', position: { x: 0, y: 900 }, size: { width: 90, height: 90 }, text: 'Hello' } as const,
    },
  };
  expect(lines(document)).toEqual([
    'v [left] 1/4',
    '  > one 1/2',
    '  > two 2/2',
    '  [hint] 2/4',
    '> text 3/4',
    '> sum 4/4',
  ]);
});

test('a filter finds nodes wherever they lie', () => {
  expect(lines(sumFlow, { query: 'wor' })).toEqual(['> text 1/1']);
  expect(lines(zoneFlow, { zones: true, query: 'zzz' })).toEqual([]);
});

test('an empty flow, and one whose zone is lost, have rows for what is there', () => {
  expect(lines(emptyDocument)).toEqual([]);
  const lost = flowOf({ one: { type: 'test/number', position: { x: 0, y: 0 }, parent: 'gone' } });
  expect(lines(lost)).toEqual(['> one 1/1']);
});

test('ten thousand nodes have a row each', () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [`n${at}`, { type: 'loom/value-number', position: { x: at, y: 0 } }]),
  );
  const document = flowOf(nodes);
  const known = createLibrary({ shelves: [builtinShelf] });
  const models = createNodeModels()({ document, library: known });
  const rows = outlineRows({
    document,
    models,
    sizeOf: () => ({ width: 1, height: 1 }),
    toggled: new Set(),
    query: '',
  });
  expect(rows).toHaveLength(10_000);
  expect(rows.at(-1)).toMatchObject({ place: 10_000, of: 10_000 });
});
