import { createEngine, type Engine, type Executor } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument, type FlowEdge, type FlowNode } from '@loom/graph';
import { createPyodideExecutor, type PyodideExecutorOptions } from '@loom/pyodide';
import { readPythonType } from '@loom/python';

const library = createLibrary({ readers: { python: readPythonType } });

/** An engine with Python only. */
export function pythonEngine(
  options: Partial<PyodideExecutorOptions> = {},
  { wrap = (executor) => executor, keepResults = false }: EngineChoices = {},
): Engine {
  const executor = createPyodideExecutor({ indexUrl: '/pyodide/', ...options });
  return createEngine({ library, executors: [wrap(executor)], keepResults });
}

interface EngineChoices {
  readonly wrap?: (executor: Executor) => Executor;
  /** @default false: every run computes every node */
  readonly keepResults?: boolean;
}

/** A flow of Python functions by type; an edge leads from `result` of one node to an input of another. */
export function pythonFlow(
  types: Readonly<Record<string, string>>,
  nodes: Readonly<Record<string, Omit<FlowNode, 'position'>>>,
  edges: readonly (readonly [source: string, target: string, port: string])[] = [],
): FlowDocument {
  return {
    ...emptyDocument,
    types: Object.fromEntries(Object.entries(types).map(([id, source]) => [id, { kind: 'python', source }])),
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { ...node, position: { x: 0, y: 0 } }])),
    edges: Object.fromEntries(edges.map((edge, index) => [`e${index}`, wire(...edge)])),
  };
}

function wire(source: string, target: string, targetPort: string): FlowEdge {
  return { source, sourcePort: 'result', target, targetPort };
}

/** Runs to the end, which must be a good one; gives the milliseconds. */
export async function timeOfRun(engine: Engine, document: FlowDocument, nodes: number): Promise<number> {
  const start = performance.now();
  const { status, counts, errors } = await engine.run(document).result;
  const time = performance.now() - start;
  if (status === 'succeeded' && counts.success === nodes) return time;
  throw new Error(`The run ended as ${status}: ${JSON.stringify(counts)} ${JSON.stringify(errors).slice(0, 500)}`);
}
