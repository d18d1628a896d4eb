import type { RunEvent } from '@loom/engine';
import { expect, test } from 'vitest';
import { appendLog, emptyLog, MAX_LOG_CHARACTERS, MAX_LOG_RECORDS } from './log.js';

const output = (sequence: number, text: string): RunEvent => ({
  kind: 'node-output',
  runId: 'r',
  sequence,
  at: sequence,
  node: 'a',
  stream: 'stdout',
  text,
});
const titleOf = () => 'A';

test('an endless print cannot fill the memory: the newest lines stay', () => {
  const events = Array.from({ length: MAX_LOG_RECORDS + 10 }, (_, index) => output(index, `${index}\n`));
  const log = appendLog(emptyLog, events, titleOf);
  expect(log.records).toHaveLength(MAX_LOG_RECORDS);
  expect(log.records.at(-1)?.text).toBe(`${MAX_LOG_RECORDS + 9}\n`);
  expect(log.characters).toBe(log.records.reduce((sum, { text }) => sum + text.length, 0));
});

test('few but huge pieces are bounded as well', () => {
  const huge = 'x'.repeat(MAX_LOG_CHARACTERS);
  let log = appendLog(emptyLog, [output(0, `${huge}tail`)], titleOf);
  log = appendLog(log, [output(1, 'next')], titleOf);
  expect(log.records.map(({ text }) => text)).toEqual(['next']);
  expect(log.characters).toBe(4);
});

test('events without output leave the log as it is', () => {
  expect(appendLog(emptyLog, [{ kind: 'node-queued', runId: 'r', sequence: 0, at: 0, node: 'a' }], titleOf)).toBe(
    emptyLog,
  );
});
