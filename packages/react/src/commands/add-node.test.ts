import { createLibrary, type NodeType } from '@loom/graph';
import { expect, test } from 'vitest';
import { createCanvasControl } from '../canvas/canvas-control.js';
import { defaultMessages } from '../messages/messages.js';
import { createLoomStore } from '../store/loom-store.js';
import { addNode } from './add-node.js';
import type { CommandContext } from './command.js';

function type(id: string, more: Partial<NodeType>): NodeType {
  return {
    ...{ id, title: id, version: 1, inputs: [], outputs: [], pure: true, problems: [] },
    implementation: { kind: 'zone', revision: '1' },
    ...more,
  };
}

const library = createLibrary({
  shelves: [
    {
      name: 'Test',
      types: [
        type('for-each', { settings: { zone: { kind: 'for-each' } } }),
        type('list', {
          outputs: [{ id: 'list', title: 'List', type: { kind: 'list', item: { kind: 'int' } } }],
          implementation: { kind: 'missing' },
        }),
      ],
    },
  ],
});

function createContext(): CommandContext {
  const store = createLoomStore({ library, createId: (prefix) => prefix });
  // No canvas is mounted, so there is no zone at any place; the models are not asked.
  return {
    store,
    canvas: createCanvasControl(),
    messages: () => defaultMessages,
  } as Partial<CommandContext> as CommandContext;
}

test('a new node starts with the settings of its type, and a loose wire finds the ports that follow from them', () => {
  const context = createContext();
  const list = { type: 'list', position: { x: 0, y: 0 } };
  context.store.dispatch([{ kind: 'add-node', id: 'list', node: list }], { label: 'Add' });
  addNode(context, 'for-each', { x: 1.4, y: 2 }, { side: 'source', node: 'list', port: 'list' });
  const { document } = context.store.getState().flow;
  expect(document.nodes).toEqual({
    list,
    node: { type: 'for-each', position: { x: 1, y: 2 }, settings: { zone: { kind: 'for-each' } } },
  });
  expect(Object.values(document.edges)).toEqual([
    { source: 'list', sourcePort: 'list', target: 'node', targetPort: 'items' },
  ]);
});
