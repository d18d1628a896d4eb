import type { NodeId } from '@loom/graph';
import { expect, test } from 'vitest';
import { createCanvasControl } from '../canvas/canvas-control.js';
import { createNodeModels } from '../canvas/node/node-model.js';
import type { CommandContext } from '../commands/command.js';
import { removeSelection } from '../commands/remove-selection.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';
import { defaultMessages } from '../messages/messages.js';
import { createLoomStore } from '../store/loom-store.js';
import { noTemplates } from '../templates/fixture.js';
import { duplicateSelection, pasteText, selectionAsText } from './fragment.js';

function setUp(...selected: NodeId[]) {
  const store = createLoomStore({ document: zoneFlow, library: zoneLibrary });
  store.select({ nodes: selected });
  const context: CommandContext = {
    store,
    canvas: createCanvasControl(),
    models: createNodeModels(),
    messages: () => defaultMessages,
    templates: () => noTemplates,
    chooseFile: () => undefined,
    layoutWorkerUrl: () => undefined,
    shareUrl: () => undefined,
    codeTools: () => undefined,
  };
  const nodes = () => store.getState().flow.document.nodes;
  return { store, context, nodes, fresh: () => Object.entries(nodes()).filter(([id]) => !(id in zoneFlow.nodes)) };
}

test('a duplicate of what lies in a zone lies in that zone, with its wires', () => {
  const { store, context, fresh } = setUp('add');
  duplicateSelection(context);
  expect(fresh().map(([, { parent }]) => parent)).toEqual(['each']);
  const [copy] = fresh()[0] ?? [];
  const wires = Object.values(store.getState().flow.document.edges).filter(({ target }) => target === copy);
  expect(wires.map(({ source }) => source).sort()).toEqual(['each', 'ten']);
});

test('a zone is copied, pasted, cut and deleted with what lies in it', () => {
  const { store, context, nodes, fresh } = setUp('each');
  pasteText(context, selectionAsText(context) ?? '', { x: 900, y: 0 });
  const [zone, body] = fresh();
  expect(zone?.[1].parent).toBeUndefined();
  expect(body?.[1].parent).toBe(zone?.[0]);
  store.select({ nodes: ['each'] });
  removeSelection(context);
  expect(Object.keys(nodes())).not.toContain('add');
  store.undo();
  expect(nodes().add?.parent).toBe('each');
});
