import { LoomError } from '@loom/graph';
import { expect, it } from 'vitest';
import { Questions } from './questions.js';
import type { Said } from './said.js';

const stopped = new LoomError('run/cancelled', 'Stop.');

function asking(stoppedFor?: LoomError) {
  const told: Said[] = [];
  return { told, questions: new Questions((said) => told.push(said), stoppedFor) };
}

it('questions are numbered, and each takes its first answer', async () => {
  const { told, questions } = asking();
  const answers = [questions.ask('one?'), questions.ask('two?')];
  questions.answer(1, 'b');
  questions.answer(1, 'c');
  questions.answer(7, 'd');
  questions.answer(0, 'a');
  expect(await Promise.all(answers)).toEqual(['a', 'b']);
  expect(told.map((said) => [said.kind, 'question' in said && said.question])).toEqual([
    ['asked', 0],
    ['asked', 1],
    ['answered', 1],
    ['answered', 0],
  ]);
});

it('no answer is a fault with a name', async () => {
  const { questions } = asking();
  const answer = questions.ask('?');
  questions.answer(0, null);
  await expect(answer).rejects.toMatchObject({ code: 'node/no-answer' });
});

it('a call that is stopped waits no longer, and asks nothing more', async () => {
  const { told, questions } = asking();
  const answer = questions.ask('?');
  questions.stop(stopped);
  await expect(answer).rejects.toBe(stopped);
  await expect(questions.ask('again?')).rejects.toBe(stopped);
  await expect(asking(stopped).questions.ask('?')).rejects.toBe(stopped);
  expect(told).toHaveLength(1);
});

it('questions that wait have a bound, and a prompt has one', async () => {
  const { told, questions } = asking();
  const waiting = Array.from({ length: 100 }, () => questions.ask('x'.repeat(5_000)));
  await expect(questions.ask('?')).rejects.toMatchObject({ code: 'node/too-many-questions' });
  expect(told[0]?.kind === 'asked' && told[0].prompt.length).toBeLessThanOrEqual(2_001);
  questions.stop(stopped);
  await Promise.allSettled(waiting);
});
