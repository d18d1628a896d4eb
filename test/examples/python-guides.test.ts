import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createEngine, type Engine, keepFile } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument, type Json } from '@loom/graph';
import { createNodePyodideExecutor } from '@loom/pyodide/node';
import { readPythonType } from '@loom/python';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/workspace.js';

const [source = ''] = Array.from(
  readFileSync(path.join(root, 'docs/guides/python-values.md'), 'utf8').matchAll(/```python\n([\s\S]*?)```/g),
  ([, block]) => block ?? '',
);

let engine: Engine;
beforeAll(() => {
  const library = createLibrary({ readers: { python: readPythonType } });
  engine = createEngine({ library, executors: [createNodePyodideExecutor({ lanes: 1 })] });
});
afterAll(() => engine.dispose());

/** Calls one function of the guide with a file. */
async function call(entry: string, inputs: Readonly<Record<string, Json>> = {}): Promise<unknown> {
  const table = await keepFile(new File(['a,b\n1,2\n3,4\n5,6\n'], 'rows.csv'));
  const document: FlowDocument = {
    ...emptyDocument,
    types: { [entry]: { kind: 'python', source, entry } },
    nodes: { n: { type: entry, position: { x: 0, y: 0 }, inputs: { table, ...inputs } } },
    edges: {},
  };
  const { outputs, status } = await engine.run(document).result;
  const ref = outputs.n?.result?.ref;
  if (!ref) throw new Error(status);
  return engine.read(ref);
}

it('the functions of the guide about files do what it says', async () => {
  expect(await call('first_lines')).toEqual(['a,b', '1,2', '3,4']);
  expect(await call('first_lines', { count: 1 })).toEqual(['a,b']);
  expect(await call('suffix')).toBe('.csv');
  expect(await call('begins')).toEqual(new TextEncoder().encode('a,'));
  const written = (await call('shout')) as File;
  expect([written.name, await written.text()]).toEqual(['loud-rows.csv', 'A,B\n1,2\n3,4\n5,6\n']);
});
