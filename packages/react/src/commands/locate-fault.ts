import type { NodeId } from '@loom/graph';
import { neededInputs } from '../canvas/node/node-model.js';
import { faultLine } from '../run/fault-line.js';
import { shownRun } from '../run/shown-run.js';
import type { CommandContext } from './command.js';
import { focusInspector } from './panel-focus.js';

/** Goes to where the run is held, else to the next node that failed after the one that is selected. */
export function locateFault({ store, canvas }: CommandContext): void {
  const { flow, runs, session } = store.getState();
  const failed = Object.keys(flow.document.nodes).filter((id) => runs.run.nodes.get(id)?.status === 'error');
  const [selected = ''] = session.selection.nodes;
  const next = runs.run.paused?.node ?? failed[(failed.indexOf(selected) + 1) % failed.length];
  if (next === undefined) return;
  store.select({ nodes: [next] });
  canvas.fitView([next]);
}

/** Leads to what has to be changed about a node that failed: the line of its code, else the input that has nothing. */
export function leadToFault(context: CommandContext, id: NodeId): void {
  const { store, models } = context;
  const state = store.getState();
  const run = shownRun(state, id);
  const error = run?.status === 'error' ? run.error : undefined;
  const line = error && faultLine(error);
  const model = models(state.flow).get(id);
  store.select({ nodes: [id] });
  if (line !== undefined) {
    store.showCode({ node: id, line: line.line, ...(line.column === undefined ? {} : { column: line.column }) });
    return;
  }
  store.setInspectorTab('node');
  store.setPanel('inspector', { open: true });
  focusInspector(context, model?.inputs.find((port) => neededInputs({ ...model, inputs: [port] }) !== '')?.id);
}
