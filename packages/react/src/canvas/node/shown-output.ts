import type { NodeRunState, OutputSummary } from '@loom/engine';
import type { PortId } from '@loom/graph';
import { rowsHeight } from '../../layout/node-geometry.js';
import { previewHeight } from '../../layout/preview-height.js';
import { isContainer } from '../../zones/containment.js';
import type { NodeModel } from './node-model.js';

/** The output whose preview a node shows: the one that was chosen, else the first that leads out of the node. */
export function shownOutput(
  model: NodeModel,
  run: NodeRunState | undefined,
): { readonly port: PortId; readonly summary: OutputSummary } | undefined {
  const outputs = run?.outputs;
  if (outputs === undefined || model.node.view?.preview === false || model.node.view?.collapsed === true)
    return undefined;
  const chosen = model.node.view?.previewPort;
  const port = chosen !== undefined && outputs[chosen] !== undefined ? chosen : firstOutput(model);
  const summary = port === undefined ? undefined : outputs[port];
  return port === undefined || summary === undefined ? undefined : { port, summary };
}

/** Of a zone the outputs into its body come first; what it gives in the end comes after them. */
export function firstOutput({ outputs }: Pick<NodeModel, 'outputs'>): PortId | undefined {
  return outputs.find(({ inner }) => inner !== true)?.id;
}

/** The room that the preview of a node wants, in flow units. */
export function wantedPreviewHeight(model: NodeModel, run: NodeRunState | undefined): number {
  const { view } = model;
  if (view === undefined || isContainer(model.node)) return previewHeight(shownOutput(model, run)?.summary.preview);
  // A view that covers the ports has their rows, too.
  return view.place === 'below' ? view.height : Math.max(0, view.height - rowsHeight(model));
}
