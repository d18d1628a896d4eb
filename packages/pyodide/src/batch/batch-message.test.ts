import { encodePortable, type Task } from '@loom/engine';
import { expect, it } from 'vitest';
import { batchMessage, sourceMessage } from './batch-message.js';

const names = {
  handle: ({ handle }: { readonly handle: string }) => handle.slice(2),
  task: (task: string) => `mine.${task}`,
};
const refTo = (handle: string) => ({ executor: 'python', handle: `3:${handle}` });

it('sources take the form of the runtime, and buffers are numbered over the whole batch', () => {
  const bytes = (value: number) => encodePortable(new Uint8Array([value]));
  const { text, buffers } = batchMessage(
    {
      id: 'b',
      tasks: [
        {
          id: 't',
          nodeId: 'n',
          typeId: 'f',
          revision: 'r',
          inputs: {
            a: { kind: 'literal', value: bytes(1) },
            b: {
              kind: 'list',
              items: [
                { kind: 'literal', value: bytes(2) },
                { kind: 'task', task: 's', port: 'o' },
              ],
            },
            c: { kind: 'ref', ref: refTo('h9') },
          },
        },
      ],
    },
    names,
  );
  const { head } = bytes(0);
  const { names: named, ...message } = JSON.parse(text);
  expect(message).toEqual({
    shapes: [{ typeId: 'f', revision: 'r', ports: ['a', 'b', 'c'], outputs: [null, null, null] }],
    shapeOf: [0],
    origins: [~0, ~1, ~2],
    sources: [
      { kind: 'literal', head, start: 0, count: 1 },
      {
        kind: 'list',
        items: [
          { kind: 'literal', head, start: 1, count: 1 },
          // It is in no batch any more: the place behind the last gives nothing.
          { kind: 'task', task: 1, port: 'o' },
        ],
      },
      { kind: 'handle', handle: 'h9' },
    ],
  });
  expect(JSON.parse(named)).toEqual({ tasks: ['mine.t'], nodes: ['n'] });
  expect(buffers.map((buffer) => [...new Uint8Array(buffer as ArrayBuffer)])).toEqual([[1], [2]]);
});

it('tasks with the same type and the same inputs share a shape, and name each other by place', () => {
  const task = (id: string, inputs: Task['inputs'], typeId = 'f'): Task => ({
    id,
    nodeId: `n-${id}`,
    typeId,
    revision: 'r',
    inputs,
  });
  const from = (id: string) => ({ kind: 'task' as const, task: id, port: 'o' });
  const one = { kind: 'literal' as const, value: encodePortable(1) };
  const tasks = [
    task('t0', { a: one }),
    task('t1', { a: from('t0'), b: from('t0') }),
    task('t2', { a: from('t1'), b: from('t0') }),
    task('t3', { a: from('t2'), b: one }),
    task('t4', {}, 'g'),
  ];
  const { shapes, shapeOf, origins, sources } = JSON.parse(batchMessage({ id: 'b', tasks }, names).text);
  const shape = (outputs: readonly (string | null)[]) => {
    return { typeId: 'f', revision: 'r', ports: ['a', 'b'].slice(0, outputs.length), outputs };
  };
  expect(shapes).toEqual([
    shape([null]),
    shape(['o', 'o']),
    shape(['o', null]),
    { typeId: 'g', revision: 'r', ports: [], outputs: [] },
  ]);
  expect(shapeOf).toEqual([0, 1, 1, 2, 3]);
  expect(origins).toEqual([~0, 0, 0, 1, 0, 2, ~1]);
  expect(sources).toHaveLength(2);
});

it('the buffers are copies: handing them over leaves the literal whole', () => {
  const value = encodePortable(new Uint8Array([1, 2, 3]));
  const task = { id: 't', nodeId: 'n', typeId: 'f', revision: 'r', inputs: { a: { kind: 'literal' as const, value } } };
  const { buffers } = batchMessage({ id: 'b', tasks: [task] }, names);
  structuredClone(buffers, { transfer: buffers as ArrayBuffer[] });
  expect((value.buffers[0] as ArrayBuffer).byteLength).toBe(3);
});

it('one source takes the same form', () => {
  const value = encodePortable(new Uint8Array([1]));
  const items = [
    { kind: 'ref' as const, ref: refTo('h1') },
    { kind: 'literal' as const, value },
  ];
  const { text, buffers } = sourceMessage({ kind: 'list', items }, names);
  expect(JSON.parse(text)).toEqual({
    kind: 'list',
    items: [
      { kind: 'handle', handle: 'h1' },
      { kind: 'literal', head: value.head, start: 0, count: 1 },
    ],
  });
  expect(buffers).toHaveLength(1);
});
