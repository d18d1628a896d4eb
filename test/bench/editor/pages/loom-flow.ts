import { defineNode } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument } from '@loom/graph';
import { type Grid, KINDS } from './grid.js';

/** In an order as a user's library has it: the ports of a kind, and what they hold. */
const shelf = {
  name: 'Bench',
  types: KINDS.map((title, at) =>
    defineNode({
      id: `bench/${title.toLowerCase()}`,
      title,
      category: at % 2 === 0 ? 'Data' : 'Model',
      inputs: {
        rows: { type: 'number', default: 0 },
        name: { type: 'string', default: '' },
        strict: { type: 'bool', default: false },
      },
      outputs: { rows: 'number', name: 'string' },
      // It runs for ever: what the others do is told by the benchmark.
      run: () => new Promise(() => {}),
    }),
  ),
};

export const library = createLibrary({ shelves: [shelf] });

const INPUTS = ['rows', 'name', 'strict'];
const OUTPUTS = ['rows', 'name'];

export function documentOf({ nodes, wires }: Grid): FlowDocument {
  return {
    ...emptyDocument,
    nodes: Object.fromEntries(
      nodes.map(({ id, kind, x, y }) => [
        id,
        {
          type: shelf.types[kind]?.id ?? '',
          position: { x, y },
          inputs: { name: `item ${id}`, strict: kind % 2 === 0 },
        },
      ]),
    ),
    edges: Object.fromEntries(
      wires.map(({ id, source, output, target, input }) => [
        id,
        { source, sourcePort: OUTPUTS[output] ?? '', target, targetPort: INPUTS[input] ?? '' },
      ]),
    ),
  };
}
