import { encodePortable } from '@loom/engine';
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
  expect(JSON.parse(text)).toEqual({
    id: 'b',
    tasks: [
      {
        id: 'mine.t',
        nodeId: 'n',
        typeId: 'f',
        revision: 'r',
        inputs: {
          a: { kind: 'literal', head, start: 0, count: 1 },
          b: {
            kind: 'list',
            items: [
              { kind: 'literal', head, start: 1, count: 1 },
              { kind: 'task', task: 'mine.s', port: 'o' },
            ],
          },
          c: { kind: 'handle', handle: 'h9' },
        },
      },
    ],
  });
  expect(buffers.map((buffer) => [...new Uint8Array(buffer as ArrayBuffer)])).toEqual([[1], [2]]);
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
