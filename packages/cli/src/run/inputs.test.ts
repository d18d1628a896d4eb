import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isFileAtHand } from '@loom/engine';
import { createLibrary, type Json, load } from '@loom/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withInputs } from './inputs.js';

const library = createLibrary({});
const { document } = load({
  loom: 1,
  nodes: { a: { type: 'greet', position: { x: 0, y: 0 }, inputs: { times: 1 } } },
  types: {
    greet: {
      kind: 'javascript',
      source: 'export default () => ({})',
      inputs: {
        name: { type: 'string' },
        times: { type: 'int' },
        data: { type: 'json' },
        table: { type: 'file' },
        tables: { type: 'list<file>' },
        raw: { type: 'bytes | none' },
        free: { type: 'any' },
      },
    },
  },
  inputs: { who: { node: 'a', port: 'name' } },
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loom-cli-'));
  await writeFile(path.join(folder, 'rows.csv'), 'a,b');
  await writeFile(path.join(folder, 'rows.json'), '[{"a": 1}]');
});
afterAll(() => rm(folder, { recursive: true }));

const file = (name: string, more: object = {}) => ({
  $file: { name, type: '', size: 3, modified: expect.any(Number), id: expect.any(String), ...more },
});

/** The literals of the node with these arguments. */
async function inputsOf(...given: readonly (readonly [name: string, text: string])[]): Promise<unknown> {
  const inputs = given.map(([name, text]) => ({ name, text }));
  return (await withInputs(document, library, inputs, folder)).nodes.a?.inputs;
}

describe('withInputs', () => {
  it.each([
    ['who', '007', { name: '007', times: 1 }],
    ['a.name', '', { name: '', times: 1 }],
    ['a.times', '0', { times: 0 }],
    ['a.data', '[1, null]', { times: 1, data: [1, null] }],
    ['a.data', 'plain words', { times: 1, data: 'plain words' }],
    ['who', '@rows.csv', { name: '@rows.csv', times: 1 }],
    ['a.data', '@rows.json', { times: 1, data: [{ a: 1 }] }],
    ['a.free', 'words', { times: 1, free: 'words' }],
    ['a.table', '@rows.csv', { times: 1, table: file('rows.csv') }],
    ['a.free', '@rows.csv', { times: 1, free: file('rows.csv') }],
    ['a.raw', '@rows.csv', { times: 1, raw: file('rows.csv', { as: 'bytes' }) }],
    ['a.raw', 'null', { times: 1, raw: null }],
    ['a.tables', '@rows.csv', { times: 1, tables: [file('rows.csv')] }],
  ])('sets %s to %s', async (name, text, inputs) => {
    expect(await inputsOf([name, text])).toEqual(inputs);
  });

  it('gives several files to a list of them, in order, and they are at hand', async () => {
    const { tables } = (await inputsOf(['a.tables', '@rows.json'], ['a.tables', '@rows.csv'])) as { tables: Json[] };
    expect(tables).toEqual([file('rows.json', { size: 10 }), file('rows.csv')]);
    expect(tables.every(isFileAtHand)).toBe(true);
  });

  it('refuses a value for an input that a wire leads to', async () => {
    const { document: wired } = load({
      ...document,
      nodes: { ...document.nodes, b: { type: 'greet', position: { x: 0, y: 0 } } },
      types: { greet: { ...document.types.greet, outputs: { out: { type: 'string' } } } },
      edges: { e: { source: 'b', sourcePort: 'out', target: 'a', targetPort: 'name' } },
    });
    const given = withInputs(wired, library, [{ name: 'who', text: 'x' }], folder);
    await expect(given).rejects.toThrow('a wire leads to that input');
  });

  it.each([
    ['nobody', '1', 'no input "nobody". Its inputs are who'],
    ['a.none', '1', 'no input "a.none"'],
    ['a.times', 'many', 'wants int as JSON, not "many"'],
    ['__proto__', '1', 'no input "__proto__"'],
    ['a.table', 'rows.csv', '--input a.table wants a file: write a.table=@rows.csv.'],
    ['a.table', '@none.csv', '--input a.table: none.csv cannot be read: there is no such file.'],
    ['a.table', '@.', '--input a.table: . cannot be read: it is a folder.'],
    ['a.table', '@', '--input a.table names no file: write a.table=@PATH.'],
    ['a.times', '@rows.csv', '--input a.times: there is no JSON in rows.csv.'],
    ['a.times', '@rows.json', '--input a.times: A list of 1 does not fit'],
    ['a.times', '1.5', '--input a.times: 1.5 does not fit'],
  ])('refuses %s=%s', async (name, text, message) => {
    const refusal = await inputsOf([name, text]).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'cli/input', message: expect.stringContaining(message) });
  });

  it('refuses two values for one input, by whatever names', async () => {
    await expect(inputsOf(['who', 'x'], ['a.name', 'y'])).rejects.toThrow('--input who is given 2 times');
  });
});
