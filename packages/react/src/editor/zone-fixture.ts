import { builtinShelf } from '@loom/engine';
import { createLibrary, type FlowDocument, type Library } from '@loom/graph';
import { flowOf, testShelf } from './fixture.js';

/** The node types of the tests, and those that every app has. */
export const zoneLibrary: Library = createLibrary({ shelves: [testShelf, builtinShelf] });

/** Adds 10 to each of three numbers; what comes after takes the list. */
export const zoneFlow: FlowDocument = flowOf(
  {
    ten: { type: 'test/number', label: 'Ten', position: { x: -280, y: 0 }, inputs: { value: 10 } },
    each: {
      type: 'loom/for-each',
      label: 'Each',
      position: { x: 0, y: 0 },
      size: { width: 560, height: 320 },
      inputs: { items: [1, 2, 3] },
      settings: { zone: { kind: 'for-each' } },
    },
    add: { type: 'test/add', label: 'Add', position: { x: 160, y: 120 }, parent: 'each' },
    after: { type: 'test/fail', label: 'After', position: { x: 640, y: 0 }, settings: { mode: 'muted' } },
  },
  ['each.item -> add.a', 'ten.value -> add.b', 'add.sum -> each.result', 'each.result -> after.input'],
);
