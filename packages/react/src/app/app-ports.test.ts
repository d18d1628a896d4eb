import { describe, expect, it } from 'vitest';
import { flowOf, library } from '../editor/fixture.js';
import { appPorts, inputProblem } from './app-ports.js';

const nodes = {
  sum: { type: 'test/add', label: 'Sum', position: { x: 0, y: 0 }, inputs: { b: 5 } },
  text: { type: 'test/text', position: { x: 0, y: 0 } },
};

describe('appPorts', () => {
  it('takes types, titles and defaults from the promoted ports', () => {
    const document = {
      ...flowOf(nodes),
      inputs: {
        first: { node: 'sum', port: 'a', title: 'First number', widget: { kind: 'slider', min: 0, max: 9 } },
        second: { node: 'sum', port: 'b' },
      },
      outputs: { total: { node: 'sum', port: 'sum', title: 'Total', help: 'Of both.' } },
    };
    const { inputs, outputs } = appPorts(document, library);
    expect(
      inputs.map(({ port: { id, title, type, required, default: value, widget }, node }) => ({
        ...{ id, title, type, required, value, widget, node },
      })),
    ).toEqual([
      {
        id: 'first',
        title: 'First number',
        type: { kind: 'number' },
        required: false,
        value: 0,
        widget: { kind: 'slider', min: 0, max: 9 },
        node: 'sum',
      },
      { id: 'second', title: 'B', type: { kind: 'number' }, required: false, value: 5, widget: undefined, node: 'sum' },
    ]);
    expect(outputs).toEqual([{ id: 'total', title: 'Total', help: 'Of both.', node: 'sum', port: 'sum' }]);
  });

  it('gives the ends of a flow that promotes no output', () => {
    const document = flowOf({ ...nodes, one: { type: 'test/number', position: { x: 0, y: 0 } } }, [
      'one.value -> sum.a',
    ]);
    expect(appPorts(document, library).outputs).toEqual([
      { id: 'sum.sum', title: 'Sum', node: 'sum', port: 'sum' },
      { id: 'text.text', title: 'Text', node: 'text', port: 'text' },
    ]);
  });

  it('asks for nothing where nothing is promoted', () => {
    expect(appPorts(flowOf({}), library)).toEqual({ inputs: [], outputs: [] });
  });
});

describe('inputProblem', () => {
  const port = { id: 'a', title: 'A', type: { kind: 'int' }, required: true } as const;
  it.each([
    [port, undefined, 'needed'],
    [{ ...port, default: 3 }, undefined, undefined],
    [{ ...port, required: false }, undefined, undefined],
    [port, '007', 'unfit'],
    [port, 0, undefined],
  ])('%j with %j: %s', (asked, value, problem) => {
    expect(inputProblem(asked, value)).toBe(problem);
  });
});
