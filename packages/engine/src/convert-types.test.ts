import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { builtinShelf } from './builtin-shelf.js';
import { createEngine } from './engine/engine.js';
import { createJavaScriptExecutor } from './javascript/executor.js';

const library = createLibrary({ shelves: [builtinShelf] });

/** What the node `n` gives at an output: its value, or what it says is wrong. */
async function outputOf(document: FlowDocument, output: string): Promise<unknown> {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  const { errors, outputs } = await engine.run(document).result;
  const ref = outputs.n?.[output]?.ref;
  const value = ref === undefined ? errors[0]?.error.message : await engine.read(ref);
  await engine.dispose();
  return value;
}

it.each([
  ['loom/to-text', 'text', { value: 2.5 }, '2.5'],
  ['loom/to-text', 'text', { value: 'as it is' }, 'as it is'],
  ['loom/to-text', 'text', { value: [1, null] }, '[1,null]'],
  ['loom/to-text', 'text', { value: null }, 'null'],
  ['loom/to-number', 'number', { value: ' 1e3 ' }, 1000],
  ['loom/to-number', 'number', { value: true }, 1],
  ['loom/to-number', 'number', { value: '' }, expect.stringContaining('"" is no number')],
  ['loom/to-number', 'number', { value: '12 apples' }, expect.stringContaining('"12 apples" is no number')],
  ['loom/to-integer', 'number', { value: 2.5 }, 3],
  ['loom/to-integer', 'number', { value: -0.4 }, 0],
  ['loom/to-integer', 'number', { value: '7.2' }, 7],
  ['loom/to-bool', 'value', { value: 'No' }, false],
  ['loom/to-bool', 'value', { value: 'nowhere' }, true],
  ['loom/to-bool', 'value', { value: [] }, false],
  ['loom/to-bool', 'value', { value: 0 }, false],
  ['loom/from-json', 'data', { text: '{"a":[1]}' }, { a: [1] }],
  ['loom/from-json', 'data', { text: '{a}' }, expect.stringContaining('This is not JSON')],
  ['loom/to-list', 'list', { item: 'x' }, ['x']],
  ['loom/list-item', 'item', { list: [1, 2, 3], index: -1 }, 3],
  ['loom/list-item', 'item', { list: [1], index: 1 }, expect.stringContaining('there is none at 1')],
  ['loom/count', 'count', { value: 'añ👍' }, 3],
  ['loom/count', 'count', { value: [1, 2] }, 2],
] as const)('%s gives at %s for %j: %j', async (type, output, inputs, expected) => {
  const { document } = flow().node('n', type, inputs as unknown as Record<string, never>);
  expect(await outputOf(document, output)).toEqual(expected);
});

it.each([
  ['loom/to-text', 'text', 'NaN', 'NaN'],
  ['loom/to-text', 'text', '12n', '12'],
  ['loom/to-text', 'text', 'new Date(0)', '"1970-01-01T00:00:00.000Z"'],
  ['loom/to-text', 'text', '[[], {}]', '[[],{}]'],
  ['loom/to-text', 'text', 'new Map([[1, 2]])', expect.stringContaining('What is in a Map cannot')],
  ['loom/to-text', 'text', 'new Uint8Array(2)', expect.stringContaining('What is in a Uint8Array cannot')],
  ['loom/count', 'count', '5', expect.stringContaining('but this is number')],
  ['loom/count', 'count', 'null', expect.stringContaining('but this is null')],
] as const)('%s at %s for what code gives, %s: %s', async (type, output, code, expected) => {
  const { document } = flow()
    .javascript('made', `export default () => ({ out: ${code} })`, {}, { out: 'any' })
    .node('made', 'made')
    .node('n', type)
    .wire('made.out', 'n.value');
  expect(await outputOf(document, output)).toEqual(expected);
});
