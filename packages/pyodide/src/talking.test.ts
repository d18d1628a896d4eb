import { expect, it, onTestFinished } from 'vitest';
import { python } from '../test/python-programs.js';
import { talking } from '../test/talking.js';
import { perform, resultOf } from '../test/tasks.js';
import { createNodePyodideExecutor } from './node.js';

talking({ name: 'Node', create: () => createNodePyodideExecutor(), shared: true });
talking({
  name: 'Node without shared memory',
  create: () => createNodePyodideExecutor({ cancel: 'restart' }),
  shared: false,
});

it('an app may let nodes reach into the page', async () => {
  const executor = createNodePyodideExecutor({ jsAccess: true });
  onTestFinished(() => executor.dispose());
  const reaching = python('reaching', 'import js\n\ndef reaching():\n    return js.Math.max(1, 2)\n');
  expect(await resultOf(executor, (await perform(executor, [reaching])).ends[0])).toBe(2);
});
