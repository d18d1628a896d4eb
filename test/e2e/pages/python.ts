import { createEngine } from '@loom/engine';
import { createLibrary, emptyDocument } from '@loom/graph';
import { createPyodideExecutor } from '@loom/pyodide';
import { readPythonType } from '@loom/python';

const engine = createEngine({
  library: createLibrary({ readers: { python: readPythonType } }),
  executors: [createPyodideExecutor({ indexUrl: '/pyodide/', lanes: 1, spare: false, snapshot: 'off' })],
});
const count = 'calls = 0\n\n\ndef count() -> int:\n    global calls\n    calls += 1\n    return calls\n';
const flow = {
  ...emptyDocument,
  types: { count: { kind: 'python', source: count } },
  nodes: { a: { type: 'count', position: { x: 0, y: 0 }, settings: { cache: 'never' } } },
} as const;

/** What the test asks of this page. */
const asked = {
  shown: [] as boolean[],
  /** How often the module of the node was called: it starts over with its worker. */
  async calls(): Promise<unknown> {
    const { outputs } = await engine.run(flow, { targets: { kind: 'nodes', nodes: ['a'] } }).result;
    const ref = outputs.a?.result?.ref;
    return ref && engine.read(ref);
  },
};
addEventListener('pageshow', ({ persisted }) => asked.shown.push(persisted));
Object.assign(window, { asked });

declare global {
  interface Window {
    readonly asked: typeof asked;
  }
}
