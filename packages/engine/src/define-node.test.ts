import { expect, expectTypeOf, it } from 'vitest';
import { defineNode } from './define-node.js';
import { skip } from './skip.js';

it('[D1] ports follow the declarations, in their order', () => {
  const node = defineNode({
    id: 'shop/load-orders',
    category: 'Shop',
    inputs: { shopId: 'string', limit: { type: 'int', default: 10, title: 'At most' }, extra: { required: false } },
    outputs: { orders: 'list<json>' },
    run: () => ({ orders: [] }),
  });
  expect(node).toMatchObject({
    id: 'shop/load-orders',
    title: 'Load orders',
    version: 1,
    pure: false,
    problems: [],
    inputs: [
      { id: 'shopId', title: 'Shop id', type: { kind: 'string' }, required: true },
      { id: 'limit', title: 'At most', type: { kind: 'int' }, required: false, default: 10 },
      { id: 'extra', title: 'Extra', type: { kind: 'any' }, required: false },
    ],
    outputs: [{ id: 'orders', type: { kind: 'list', item: { kind: 'json' } } }],
  });
});

it('[D2] a change of the function is another revision', () => {
  const revision = (run: () => Record<never, never>): string => {
    const { implementation } = defineNode({ id: 'a/b', run });
    return implementation.kind === 'function' ? implementation.revision : '';
  };
  expect(revision(() => ({}))).not.toBe(revision(() => Object({})));
});

it('[D3] types of values follow from the declarations', () => {
  defineNode({
    id: 'a/typed',
    inputs: {
      n: 'number',
      s: { type: 'string', default: '' },
      maybe: { type: 'bool', required: false },
      many: { type: 'number', multiple: true },
      rows: 'list<json>',
      any: {},
    },
    outputs: { sum: 'number' },
    run: (inputs) => {
      expectTypeOf(inputs.n).toEqualTypeOf<number>();
      expectTypeOf(inputs.s).toEqualTypeOf<string>();
      expectTypeOf(inputs.maybe).toEqualTypeOf<boolean | undefined>();
      expectTypeOf(inputs.many).toEqualTypeOf<readonly number[]>();
      expectTypeOf(inputs.any).toEqualTypeOf<unknown>();
      return { sum: inputs.n };
    },
  });
  defineNode({
    id: 'a/streamed',
    inputs: { items: 'stream<number>' },
    outputs: { doubled: 'stream<number>', first: 'number' },
    run: ({ items }) => {
      expectTypeOf(items).toEqualTypeOf<Iterable<number> | AsyncIterable<number>>();
      async function* doubled() {
        for await (const item of items) yield 2 * item;
      }
      return { doubled: doubled(), first: skip };
    },
  });
  defineNode({ id: 'a/skipping', outputs: { sum: 'number' }, run: async () => skip });
  // @ts-expect-error a number is no stream
  defineNode({ id: 'a/wrong', outputs: { items: 'stream<number>' }, run: () => ({ items: 5 }) });
  // @ts-expect-error an output is missing
  defineNode({ id: 'a/wrong', outputs: { sum: 'number' }, run: () => ({}) });
});

it('[D4] a port type that cannot be read is refused', () => {
  expect(() => defineNode({ id: 'a/b', inputs: { x: 'list<' }, run: () => ({}) })).toThrow(
    expect.objectContaining({ code: 'port-type/syntax' }),
  );
});
