import { memo, type ReactNode, useCallback, useMemo } from 'react';
import { useEditor } from '../../editor/context.js';
import { useIsStale, useLoom, useShownRun } from '../../hooks/useLoom.js';
import { nodeGeometry } from '../../layout/node-geometry.js';
import { zonePreviewHeight } from '../../layout/zone-geometry.js';
import { LazyPreview } from '../../previews/lazy-preview.js';
import { isContainer } from '../../zones/containment.js';
import type { NodeModel } from './node-model.js';
import { shownOutput, wantedPreviewHeight } from './shown-output.js';

/** A look at the result, in the room that the node has for it. */
export const NodePreview = memo(function NodePreview({ model }: { readonly model: NodeModel }): ReactNode {
  const { previews } = useEditor();
  const run = useShownRun(model.id);
  const stale = useIsStale(model.id);
  const resized = useLoom(
    useCallback(({ session }) => (session.resize?.node === model.id ? session.resize.size : undefined), [model.id]),
  );
  const height = useMemo(
    () =>
      isContainer(model.node)
        ? zonePreviewHeight(wantedPreviewHeight(model, run))
        : nodeGeometry({
            title: model.title,
            inputs: model.inputs,
            outputs: model.outputs,
            connected: model.connectedInputs,
            size: resized ?? model.node.size,
            collapsed: model.node.view?.collapsed === true,
            previewHeight: wantedPreviewHeight(model, run),
          }).previewHeight,
    [model, resized, run],
  );
  if (height <= 0) return null;
  const shown = shownOutput(model, run);
  // A node that runs again, failed, or was changed since keeps its last picture, paler.
  const old = stale || run?.status !== 'success';
  return (
    <div className="loom-node-preview nowheel nodrag nopan" style={{ height }} data-old={old}>
      {shown === undefined ? null : <LazyPreview preview={shown.summary.preview} size="node" renderers={previews} />}
    </div>
  );
});
