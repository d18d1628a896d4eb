import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { stage, turn } from '../run-fixture.js';

it('[A3] a question is told, and its answer reaches the task', async () => {
  const { engine, js, events } = stage();
  const run = engine.run(flow().node('a', 'test/js').document);
  await turn();
  js.begin('a');
  js.say('a', { kind: 'asked', question: 0, prompt: 'Name?' });
  await turn();
  expect(run.answer('a', 0, 'Ada')).toBe(true);
  expect(js.answers).toEqual([{ task: js.open[0]?.id, question: 0, text: 'Ada' }]);
  js.say('a', { kind: 'answered', question: 0 });
  js.succeedAll();
  await run.result;
  expect(events.filter(({ kind }) => kind === 'node-asked' || kind === 'node-answered')).toMatchObject([
    { kind: 'node-asked', node: 'a', question: 0, prompt: 'Name?' },
    { kind: 'node-answered', node: 'a', question: 0 },
  ]);
});

it('[A3] nobody is there to take an answer when the node does not run', async () => {
  const { engine, js } = stage();
  const run = engine.run(flow().node('a', 'test/js').document);
  await turn();
  expect(run.answer('nobody', 0, 'x')).toBe(false);
  expect(run.answer('a', 0, 'x', [{ node: 'a', index: 3 }])).toBe(false);
  js.succeedAll();
  await run.result;
  expect(run.answer('a', 0, 'x')).toBe(false);
  expect(js.answers).toEqual([]);
});
