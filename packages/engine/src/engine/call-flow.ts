import { type FlowDocument, type Json, LoomError, type NodeId } from '@loom/graph';
import type { RunOptions, RunResult } from '../api.js';
import type { Engine } from '../engine-api.js';

/** What a call may be given beside the inputs. */
export type CallOptions = Pick<RunOptions, 'signal' | 'timeoutMs'>;

/**
 * Calls a flow like a function: runs what its promoted outputs need, and gives their values by name.
 *
 * @throws LoomError `run/unknown-output` when an output is not there, `run/failed`, `run/cancelled` or `run/timed-out` when
 * there is no result; the error of the node that failed first is its cause.
 */
export async function callFlow(
  engine: Pick<Engine, 'run' | 'read'>,
  document: FlowDocument,
  inputs: Readonly<Record<string, Json>>,
  options: CallOptions,
): Promise<Record<string, unknown>> {
  const outputs = Object.entries(document.outputs);
  for (const [name, { node }] of outputs) {
    if (!Object.hasOwn(document.nodes, node)) {
      throw new LoomError('run/unknown-output', `The output "${name}" belongs to a node "${node}" that is not there.`);
    }
    if (isRepeated(document, node)) {
      const way = 'Promote an output of the zone instead.';
      throw new LoomError(
        'run/unknown-output',
        `The output "${name}" is within a zone, where it has many values. ${way}`,
      );
    }
  }
  const nodes = [...new Set(outputs.map(([, { node }]) => node))];
  const targets = { kind: 'nodes', nodes } as const;
  const { signal, timeoutMs } = options;
  const bounds = { ...(signal ? { signal } : {}), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const result = await engine.run(document, { ...bounds, inputs, targets, ignoreBreakpoints: true }).result;
  if (result.status !== 'succeeded') throw failure(result);
  const values = await Promise.all(
    outputs.map(async ([name, { node, port }]): Promise<[string, unknown][]> => {
      const output = result.outputs[node]?.[port];
      return output ? [[name, await engine.read(output.ref)]] : [];
    }),
  );
  return Object.fromEntries(values.flat());
}

function failure({ status, errors: [first] }: RunResult): LoomError {
  if (status === 'cancelled') return new LoomError('run/cancelled', 'The flow was cancelled.');
  if (status === 'timed-out') return new LoomError('run/timed-out', 'The flow took longer than it may.');
  if (!first) return new LoomError('run/failed', 'The flow failed.');
  const { node, error } = first;
  return new LoomError('run/failed', `The flow failed at "${node}": ${error.message}`, { context: { node, error } });
}

/** Whether a node is in a zone that repeats it. */
function isRepeated(document: FlowDocument, node: NodeId): boolean {
  const seen = new Set<NodeId>();
  let parent = document.nodes[node]?.parent;
  while (parent !== undefined && !seen.has(parent)) {
    seen.add(parent);
    const zone = document.nodes[parent]?.settings?.zone;
    if (zone && zone.kind !== 'group') return true;
    parent = document.nodes[parent]?.parent;
  }
  return false;
}
