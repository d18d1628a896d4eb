import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python } from '../test/python-programs.js';
import { errorOf, perform, resultOf } from '../test/tasks.js';
import { createNodePyodideExecutor } from './node.js';

const executor = createNodePyodideExecutor({ lanes: 1 });
beforeAll(() => executor.start());
afterAll(() => executor.dispose());

async function endOf(line: string) {
  const source = `import importlib\nimport sys\n\n\ndef f():\n    ${line}\n`;
  return (await perform(executor, [python('reaching', source, { revision: line })])).ends[0];
}

describe('without jsAccess', () => {
  it.each([
    'import js',
    'from js import fetch',
    'import pyodide_js',
    'from pyodide.code import run_js',
    'import pyodide.ffi',
    'import pyodide.http',
    'import _pyodide_core',
    'import loom_pyodide',
    'importlib.import_module("js")',
    '__import__("js")',
    'exec("import js", {})',
    'eval("__import__(\'pyodide.code\')")',
  ])('%s is refused in words', async (line) => {
    expect(errorOf(await endOf(line)).message).toMatch(/^ImportError: A node may not import .* jsAccess: true\.$/);
  });

  // The guide says that these are no boundary. Whoever closes one of them changes the guide.
  it.each([
    ['a module that was imported already', 'return sys.modules["pyodide.code"].run_js("1 + 1")'],
    ['the import system itself', 'return importlib.__import__("js").Math.max(1, 2)'],
    ['a package that imports', 'import pkgutil; return pkgutil.resolve_name("js").Math.max(1, 2)'],
    ['what other code has as globals', 'import time; return 1 + bool(time.sleep.__globals__["to_js"])'],
    [
      'a source that says it is another',
      'sys._getframe().f_globals["__file__"] = "x"; import js; return js.Math.max(1, 2)',
    ],
    ['the memory of the interpreter', 'import ctypes; return 1 + bool(ctypes.pythonapi)'],
  ])('%s is a way round it, as the guide says', async (_, line) => {
    expect(await resultOf(executor, await endOf(line))).toBe(2);
  });
});
