import type { InspectTarget } from '../../api.js';
import type { FrameStep } from '../../event.js';
import { ELSEWHERE } from '../../plan/run-record.js';
import type { OutputSummary } from '../../value.js';
import type { Frame } from '../frame.js';
import { placedAt, type RunValues } from '../run-values.js';
import { frameAt } from './find-frames.js';

/** What is on a wire, or at an output, as far as it is there. */
export function inspect(
  root: Frame,
  values: RunValues,
  target: InspectTarget,
  path: readonly FrameStep[],
): OutputSummary | undefined {
  const frame = frameAt(root, path);
  if (!frame) return undefined;
  const { flow } = frame;
  const { node, port } = 'edge' in target ? sourceOf(flow.document.edges[target.edge]) : target;
  // What a zone gives to its body is at the entry of its frames.
  const owner = path.at(-1)?.node;
  const index = flow.indexOf.get(node) ?? (node === owner ? flow.entry : -1);
  const place = flow.types[index]?.outputs.findIndex(({ id }) => id === port) ?? -1;
  if (index < 0 || place < 0 || !frame.book.hasResult(index)) return undefined;
  if (index !== flow.entry) return frame.book.outputsOf(index)?.[port];
  const passed = placedAt(frame, index, place);
  if (!passed || passed.value === undefined) return undefined;
  return passed.value === ELSEWHERE ? passed.summary : values.direct?.describe(passed.value);
}

function sourceOf(edge: { readonly source: string; readonly sourcePort: string } | undefined): {
  readonly node: string;
  readonly port: string;
} {
  return { node: edge?.source ?? '', port: edge?.sourcePort ?? '' };
}
