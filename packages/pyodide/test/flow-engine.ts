import { createEngine, type Executor, type NodeError, type Run } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument, type FlowEdge, type FlowNode } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { onTestFinished } from 'vitest';

export interface PythonNode {
  readonly type: string;
  readonly inputs?: FlowNode['inputs'];
  readonly settings?: FlowNode['settings'];
}

/** A flow of Python sources by type. Wires are written as `source.port > target.port`. */
export function pythonFlow(
  sources: Readonly<Record<string, string>>,
  nodes: Readonly<Record<string, PythonNode>>,
  wires: readonly string[] = [],
): FlowDocument {
  const edges = wires.map((wire, index): [string, FlowEdge] => {
    const [source = '', sourcePort = '', target = '', targetPort = ''] = wire.split(/ > |\./);
    return [`e${index}`, { source, sourcePort, target, targetPort }];
  });
  return {
    ...emptyDocument,
    types: Object.fromEntries(Object.entries(sources).map(([id, source]) => [id, { kind: 'python', source }])),
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => [id, { ...node, position: { x: 0, y: 0 } }]),
    ) as FlowDocument['nodes'],
    edges: Object.fromEntries(edges),
  };
}

/** An engine over one executor, with what it has computed. It is disposed of with the test. */
export function flowEngine(executor: Executor, initial: FlowDocument) {
  let flow = initial;
  const engine = createEngine({
    library: createLibrary({ readers: { python: readPythonType } }),
    executors: [executor],
  });
  onTestFinished(() => engine.dispose());
  const started = new Set<string>();
  const computed: string[] = [];
  let onStarted = () => {};
  engine.subscribe((events) => {
    for (const event of events) {
      if (event.kind === 'node-started') started.add(event.node);
      if (event.kind === 'node-succeeded' && !event.cached) computed.push(event.node);
    }
    onStarted();
  });
  const run = (...nodes: string[]): Run => engine.run(flow, { targets: { kind: 'nodes', nodes } });
  return {
    engine,
    /** Nodes that succeeded by running, in their order. */
    computed,
    run,
    /** From now on another version of the flow is run. */
    edit(next: FlowDocument): void {
      flow = next;
    },
    /** Runs what changed since the last run: the values of the only ports of these nodes, and what failed. */
    async update(...nodes: string[]) {
      const { outputs, errors } = await engine.run(flow, { targets: { kind: 'changed' } }).result;
      const values: Record<string, unknown> = {};
      for (const node of nodes) {
        const ref = outputs[node]?.result?.ref;
        if (ref) values[node] = await engine.read(ref);
      }
      return { values, errors };
    },
    whenStarted: (...nodes: string[]) =>
      new Promise<void>((resolve) => {
        onStarted = () => nodes.every((each) => started.has(each)) && resolve();
        onStarted();
      }),
    /** Runs a node, and gives the value of its only port. */
    async resultOf(node: string): Promise<unknown> {
      const { outputs, errors } = await run(node).result;
      const ref = outputs[node]?.result?.ref;
      if (!ref) throw new Error(`No result: ${JSON.stringify(errors)}`);
      return engine.read(ref);
    },
    /** Runs a node that fails. */
    async errorOf(node: string): Promise<NodeError> {
      const { errors } = await run(node).result;
      const found = errors.find((each) => each.node === node);
      if (!found) throw new Error(`${node} did not fail.`);
      return found.error;
    },
  };
}
