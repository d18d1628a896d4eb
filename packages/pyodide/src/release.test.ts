import { encodePortable } from '@loom/engine';
import { afterAll, expect, it, vi } from 'vitest';
import { Connection } from './link/connection.js';
import { createNodePyodideExecutor } from './node.js';

const executor = createNodePyodideExecutor();
afterAll(() => executor.dispose());

it('values let go one by one go in one message, and before the next call', async () => {
  const refs = await Promise.all([1, 2, 3].map((value) => executor.write(encodePortable(value))));
  const [first] = refs;
  if (!first) throw new Error('Nothing was written.');
  const call = vi.spyOn(Connection.prototype, 'call');
  for (const ref of refs) executor.release([ref]);
  await expect(executor.read(first)).rejects.toMatchObject({ code: 'value/lost' });
  expect(call.mock.calls.map(([method]) => method)).toEqual(['release']);
});
