import { defineNode } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument, type FlowNode, type Library } from '@loom/graph';

/** Node types and flows for the tests of the editor. */
export const testShelf = {
  name: 'Test',
  types: [
    defineNode({
      id: 'test/number',
      title: 'Number',
      category: 'Math',
      inputs: { value: { type: 'number', default: 1 } },
      outputs: { value: 'number' },
      run: ({ value }) => ({ value }),
    }),
    defineNode({
      id: 'test/add',
      title: 'Add',
      category: 'Math',
      description: 'Adds two numbers.',
      inputs: { a: { type: 'number', default: 0 }, b: { type: 'number', default: 0 } },
      outputs: { sum: 'number' },
      run: ({ a, b }, context) => {
        context.log('adding', a, b);
        return { sum: Number(a) + Number(b) };
      },
    }),
    defineNode({
      id: 'test/text',
      title: 'Text',
      category: 'Text',
      inputs: { text: { type: 'string', default: '' } },
      outputs: { text: 'string' },
      run: ({ text }) => ({ text }),
    }),
    defineNode({
      id: 'test/fail',
      title: 'Fail',
      category: 'Text',
      inputs: { input: { type: 'any' } },
      outputs: { output: 'any' },
      run: () => {
        throw new Error('no luck today');
      },
    }),
  ],
};

export const library: Library = createLibrary({ shelves: [testShelf] });

/** A document of these nodes, with wires written as `a.value -> sum.a`. */
export function flowOf(nodes: Record<string, FlowNode>, wires: readonly string[] = []): FlowDocument {
  const edges = wires.map((wire, index) => {
    const [from = '', to = ''] = wire.split(' -> ');
    const [source = '', sourcePort = ''] = from.split('.');
    const [target = '', targetPort = ''] = to.split('.');
    return [`e${index + 1}`, { source, sourcePort, target, targetPort }] as const;
  });
  return { ...emptyDocument, nodes, edges: Object.fromEntries(edges) };
}

/** Two numbers; the first goes into a sum, and a text stands aside. */
export const sumFlow: FlowDocument = flowOf(
  {
    one: { type: 'test/number', label: 'One', position: { x: 0, y: 0 }, inputs: { value: 1 } },
    two: { type: 'test/number', label: 'Two', position: { x: 0, y: 160 }, inputs: { value: 2 } },
    sum: { type: 'test/add', label: 'Sum', position: { x: 320, y: 40 } },
    text: { type: 'test/text', label: 'Words', position: { x: 0, y: 320 }, inputs: { text: 'hello' } },
  },
  ['one.value -> sum.a'],
);
