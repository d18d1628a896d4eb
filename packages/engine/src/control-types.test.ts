import { canConnect, createLibrary, formatPortType, nodePorts, outputType, validate } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { builtinShelf } from './builtin-shelf.js';

const library = createLibrary({ shelves: [builtinShelf] });

function settingsOf(type: string) {
  return library.resolve(flow().document, type)?.settings;
}

/** The ports of a new node of a type, those that face a body in brackets. */
function portsOf(type: string): readonly [inputs: string, outputs: string] {
  const { document } = flow().node('n', type, undefined, settingsOf(type));
  const { inputs, outputs } = nodePorts(document, library, 'n');
  const shown = (ports: readonly { readonly id: string; readonly inner?: boolean }[]): string =>
    ports.map(({ id, inner }) => (inner ? `(${id})` : id)).join(' ');
  return [shown(inputs), shown(outputs)];
}

it.each([
  ['loom/branch', 'value condition', 'true false'],
  ['loom/switch', 'value case', 'a b default'],
  ['loom/merge', 'values', 'value'],
  ['loom/for-each', 'items (result)', '(item) (index) result'],
  ['loom/while', 'start value (value.next) (continue)', '(index) (value.current) value iterations'],
  ['loom/repeat', 'times value (value.next) (continue)', '(index) (value.current) value iterations'],
  ['loom/group', '', ''],
  ['loom/timer', 'intervalMs', 'tick at'],
  ['loom/host-event', 'name', 'payload'],
])('a new node of %s has the ports %s and %s', (type, inputs, outputs) => {
  expect(portsOf(type)).toEqual([inputs, outputs]);
});

it('a merge goes on with what arrived', () => {
  expect(settingsOf('loom/merge')).toEqual({ join: 'any' });
});

it('a branch and a switch hand on the type that they are given, and a merge the one that fits all', () => {
  const { document } = flow()
    .node('text', 'loom/value-text')
    .node('number', 'loom/value-number')
    .node('branch', 'loom/branch')
    .node('switch', 'loom/switch', undefined, { cases: ['x'] })
    .node('merge', 'loom/merge')
    .wire('text.value', 'branch.value')
    .wire('branch.true', 'switch.value')
    .wire('switch.x', 'merge.values')
    .wire('switch.default', 'merge.values');
  const typeAt = (node: string, port: string): string => formatPortType(outputType(document, library, node, port));
  expect(typeAt('branch', 'false')).toBe('string');
  expect(typeAt('switch', 'x')).toBe('string');
  expect(typeAt('merge', 'value')).toBe('string');
  const wire = (source: string, target: string, targetPort: string) =>
    canConnect(document, library, { source, sourcePort: 'value', target, targetPort }).ok;
  expect(wire('number', 'merge', 'values')).toBe(false);
  expect(wire('text', 'branch', 'condition')).toBe(false);
  expect(wire('number', 'switch', 'case')).toBe(true);
});

it('a flow of all of them has nothing wrong but what is missing', () => {
  const { document } = builtinShelf.types.reduce(
    (builder, { id, settings }) => builder.node(id, id, undefined, settings),
    flow(),
  );
  const problems = validate(document, library).filter(({ code }) => code !== 'node/missing-input');
  expect(problems).toEqual([]);
});
