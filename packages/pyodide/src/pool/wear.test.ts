import { expect, it } from 'vitest';
import { isWornOut } from './wear.js';

it.each([
  ['young', { tasks: 9, heapBytes: 99 }, [], false],
  ['after many tasks', { tasks: 10, heapBytes: 0 }, [], true],
  ['after many tasks, with a value in it', { tasks: 10, heapBytes: 0 }, [undefined, 1], false],
  ['after twice as many tasks, with a value in it', { tasks: 20, heapBytes: 0 }, [1], true],
  ['when its memory has grown', { tasks: 0, heapBytes: 100 }, [undefined], true],
  ['when its memory has grown, with a value in it', { tasks: 0, heapBytes: 150 }, [1], false],
  ['when its memory has grown much, with a value in it', { tasks: 1, heapBytes: 250 }, [1], true],
  ['when it is values that its memory has grown by', { tasks: 1, heapBytes: 250 }, [100, 80], false],
] as const)('%s a worker is replaced or not', (_name, worker, bytes, expected) => {
  const users = bytes.map((each) => ({ bytesIn: () => each }));
  expect(isWornOut(worker, users, { tasks: 10, heapBytes: 100 })).toBe(expected);
});
