import { describe, expect, it, onTestFinished } from 'vitest';
import { python } from '../../test/python-programs.js';
import { perform, resultOf } from '../../test/tasks.js';
import { createNodePyodideExecutor } from '../node.js';

const folder = process.env.LOOM_PYODIDE_DIST;

const NUMBERS = 'import numpy\n\ndef numbers():\n    return numpy.arange(6, dtype="<f8").reshape(2, 3)\n';
const FRAME = 'import pandas\n\ndef frame():\n    return pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]})\n';
const FIGURE =
  'import matplotlib.pyplot as plt\n\ndef figure():\n    figure, axes = plt.subplots()\n    axes.plot([1, 2, 3])\n    return figure\n';

describe.skipIf(!folder)('a full distribution of Pyodide, at LOOM_PYODIDE_DIST', { timeout: 300_000 }, () => {
  it('numpy, pandas and matplotlib are loaded from beside Pyodide, checked, and shown', async () => {
    const executor = createNodePyodideExecutor({ lanes: 1, ...(folder ? { indexPath: folder } : {}) });
    onTestFinished(() => executor.dispose());
    await executor.prepare({ python: { requirements: ['numpy>=2', 'pandas', 'matplotlib'] } });
    const programs = [python('numbers', NUMBERS), python('frame', FRAME), python('figure', FIGURE)];
    const { ends } = await perform(executor, programs);
    expect(await resultOf(executor, ends[0])).toEqual({
      data: new Float64Array([0, 1, 2, 3, 4, 5]),
      shape: [2, 3],
    });
    const [, frame, figure] = ends.map((end) => (end.kind === 'success' ? end.outputs.result : undefined));
    expect(frame).toMatchObject({ typeName: 'DataFrame', shape: '2 × 2' });
    expect(frame?.preview.data).toHaveProperty('application/vnd.loom.table+json');
    expect(figure?.preview.data).toHaveProperty('image/png');
  });
});
