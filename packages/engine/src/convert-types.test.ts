import { createLibrary } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { builtinShelf } from './builtin-shelf.js';
import { createEngine } from './engine/engine.js';
import { createJavaScriptExecutor } from './javascript/executor.js';

const library = createLibrary({ shelves: [builtinShelf] });

/** What a node gives at an output for these inputs: its value, or what it says is wrong. */
async function convert(type: string, output: string, inputs: Record<string, never>): Promise<unknown> {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  const run = engine.run(flow().node('n', type, inputs).document);
  const { errors, outputs } = await run.result;
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
  expect(await convert(type, output, inputs as unknown as Record<string, never>)).toEqual(expected);
});
