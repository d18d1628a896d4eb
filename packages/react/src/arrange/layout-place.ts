import type { NodeModels } from '../canvas/node/node-model.js';
import { wantedPreviewHeight } from '../canvas/node/shown-output.js';
import { RAIL_WIDTH, ZONE_PADDING, zoneGeometry } from '../layout/zone-geometry.js';
import { shownRun } from '../run/shown-run.js';
import type { LoomState } from '../store/state.js';
import type { DropPlace } from '../zones/move.js';
import type { LayoutPlace } from './read-problem.js';

/** Between the inner ports of a zone and what lies in it: their wires bend there. */
const BEND = 40;

/** What a layout asks of the canvas, answered by what is drawn now. */
export function layoutPlace(state: LoomState, models: NodeModels, drawn: DropPlace): LayoutPlace {
  return {
    sizeOf: drawn.sizeOf,
    portDepth(id, side, port) {
      const place = drawn.portOf(id, side, port);
      return place && place.y - (state.flow.document.nodes[id]?.position.y ?? 0);
    },
    shellOf(id) {
      const inset = { x: RAIL_WIDTH + BEND, y: drawn.headOf(id) + 2 * ZONE_PADDING };
      const model = models.get(id);
      if (model === undefined) return { inset, sizeAround: ({ right, bottom }) => ({ width: right, height: bottom }) };
      const common = {
        inputs: model.inputs,
        outputs: model.outputs,
        connected: model.connectedInputs,
        // A size that someone chose makes way for what is needed now.
        size: undefined,
        collapsed: false,
        previewHeight: wantedPreviewHeight(model, shownRun(state, id)),
      };
      return {
        inset,
        sizeAround(content) {
          const { width, height } = zoneGeometry({ ...common, content });
          return { width, height };
        },
      };
    },
  };
}
