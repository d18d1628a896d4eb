import {
  createLibrary,
  emptyDocument,
  type FlowDocument,
  type Json,
  literalProblem,
  readFileLiteral,
} from '@loom/graph';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { decodePortable } from '../portable/decode.js';
import { encodePortable } from '../portable/encode.js';
import { summarize } from '../preview/preview.js';
import { forgetFile, isFileAtHand, keepFile, restoreFile } from './chosen-files.js';

const rows = () => new File(['a,b'], 'rows.csv', { type: 'text/csv', lastModified: 5 });

const read = defineNode({
  id: 'test/read',
  inputs: { file: 'file' },
  outputs: { text: 'string' },
  run: async ({ file }) => ({ text: `${(file as File).name}: ${await file.text()}` }),
});
const sum = defineNode({
  id: 'test/sum',
  inputs: { data: 'bytes' },
  outputs: { total: 'int' },
  run: ({ data }) => {
    const total = data.reduce((before, byte) => before + byte, 0);
    data.fill(0);
    return { total };
  },
});
const all = defineNode({
  id: 'test/all',
  inputs: { files: { type: 'list<file>' } },
  outputs: { names: 'json' },
  run: ({ files }) => ({ names: files.map((file) => (file as File).name) }),
});

async function run(type: string, inputs: Record<string, Json>, output: string) {
  const library = createLibrary({ shelves: [{ name: 'test', types: [read, sum, all] }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const document: FlowDocument = {
    ...emptyDocument,
    nodes: { n: { type, inputs, position: { x: 0, y: 0 } } },
    edges: {},
  };
  const { outputs } = await engine.run(document).result;
  const ref = outputs.n?.[output]?.ref;
  return { value: ref && (await engine.read(ref)), decision: engine.plan(document).nodes.get('n') };
}

describe('files that were chosen', () => {
  it('[V8] code receives the file that a literal names', async () => {
    const file = await keepFile(rows());
    expect(readFileLiteral(file)).toEqual({
      name: 'rows.csv',
      type: 'text/csv',
      size: 3,
      modified: 5,
      id: expect.any(String),
    });
    expect((await run('test/read', { file }, 'text')).value).toBe('rows.csv: a,b');
    expect((await run('test/all', { files: [file, await keepFile(new Blob(['x']))] }, 'names')).value).toEqual([
      'rows.csv',
      'file',
    ]);
  });

  it('[V8] an input of bytes receives bytes of its own each time', async () => {
    const data = await keepFile(new Blob([new Uint8Array([1, 2, 250])]), { as: 'bytes' });
    expect((await run('test/sum', { data }, 'total')).value).toBe(253);
    expect((await run('test/sum', { data }, 'total')).value).toBe(253);
  });

  it('[V8] a node whose file is not at hand is blocked, until the file is there again', async () => {
    const file = await keepFile(rows());
    forgetFile(file);
    expect(isFileAtHand(file)).toBe(false);
    const blocked = (await run('test/read', { file }, 'text')).decision;
    expect(blocked).toMatchObject({ action: 'blocked', error: { code: 'node/file-missing' } });
    expect(JSON.stringify(blocked)).toContain('rows.csv');
    await expect(restoreFile(file, new Blob(['other size']))).rejects.toMatchObject({ code: 'file/wrong-file' });
    await restoreFile(file, rows());
    expect((await run('test/read', { file }, 'text')).value).toBe('rows.csv: a,b');
  });

  it('[V8] a small file may be written into the literal, and holds in every session', async () => {
    const literal = await keepFile(new File([new Uint8Array([0, 200, 255])], 'x.bin'), { inlineBytes: 3, as: 'bytes' });
    expect(readFileLiteral(literal)).toMatchObject({ name: 'x.bin', data: 'AMj/', as: 'bytes' });
    const reopened = JSON.parse(JSON.stringify(literal)) as Json;
    expect((await run('test/sum', { data: reopened }, 'total')).value).toBe(455);
    expect(readFileLiteral(await keepFile(new Blob(['1234']), { inlineBytes: 3 }))?.data).toBeUndefined();
  });

  it('[V8] a literal whose bytes are damaged has to be chosen again', async () => {
    const file = { $file: { name: 'x', type: '', size: 3, data: '%%' } };
    expect((await run('test/read', { file }, 'text')).decision).toMatchObject({
      action: 'blocked',
      error: { code: 'node/file-missing' },
    });
  });

  it('files and bytes fit their inputs, and nothing else does', async () => {
    const file = await keepFile(rows());
    const bytes = await keepFile(rows(), { as: 'bytes' });
    expect(literalProblem(file, { kind: 'file' })).toBeUndefined();
    expect(literalProblem(bytes, { kind: 'bytes' })).toBeUndefined();
    expect(literalProblem(bytes, { kind: 'file' })).toBe('The file "rows.csv" does not fit file.');
    expect(literalProblem('rows.csv', { kind: 'file' })).toBe('"rows.csv" does not fit file.');
    expect(literalProblem({ $file: { name: 'x' } }, { kind: 'file' })).toBe('An object does not fit file.');
  });

  it('[V9] a file travels unread, with its name', async () => {
    const file = rows();
    const portable = encodePortable([file, new Blob(['x'], { type: 'a/b' })]);
    expect(portable.buffers[0]).toBe(file);
    const [again, blob] = decodePortable(portable) as [File, File];
    expect(again).toBe(file);
    expect([blob.name, blob.type, await blob.text()]).toEqual(['', 'a/b', 'x']);
    const copy = decodePortable({ ...portable, buffers: [new Blob(['a,b']), new TextEncoder().encode('y').buffer] });
    const [named, written] = copy as [File, File];
    expect([named.name, named.type, named.lastModified]).toEqual(['rows.csv', 'text/csv', 5]);
    expect(await written.text()).toBe('y');
  });

  it('[V9] the picture of a file is what is known without reading it', () => {
    expect(summarize(rows())).toMatchObject({
      typeName: 'File',
      shape: '3 bytes',
      preview: {
        data: {
          'application/vnd.loom.file+json': { name: 'rows.csv', type: 'text/csv', size: 3 },
          'text/plain': 'rows.csv (3 bytes)',
        },
        truncated: false,
      },
    });
  });
});
