import type { InspectTarget } from '../../api.js';
import type { FrameStep } from '../../event.js';
import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { OutputSummary } from '../../value.js';
import type { Frame } from '../frame.js';
import type { NodeBook } from '../node-book.js';
import { frameAt } from './find-frames.js';

/** What is on a wire, or at an output, as far as it is there. */
export function inspect(root: Frame, target: InspectTarget, path: readonly FrameStep[]): OutputSummary | undefined {
  const frame = frameAt(root, path);
  if (!frame) return undefined;
  const { flow } = frame;
  const { node, port } = portOf(flow, target);
  // What a zone gives to its body is at the entry of its frames.
  if (flow.indexOf.has(node) || node !== path.at(-1)?.node) return inspectNode(frame, target);
  return frame.book.outputsOf(flow.entry)?.[port];
}

/** The same for a node of the flow itself, or of a frame that is found. */
export function inspectNode(
  { flow, book }: { readonly flow: CompiledFlow; readonly book: NodeBook },
  target: InspectTarget,
): OutputSummary | undefined {
  const { node, port } = portOf(flow, target);
  const index = flow.indexOf.get(node);
  return index === undefined ? undefined : book.outputsOf(index)?.[port];
}

function portOf({ document }: CompiledFlow, target: InspectTarget): { readonly node: string; readonly port: string } {
  return 'edge' in target ? sourceOf(document.edges[target.edge]) : target;
}

function sourceOf(edge: { readonly source: string; readonly sourcePort: string } | undefined): {
  readonly node: string;
  readonly port: string;
} {
  return { node: edge?.source ?? '', port: edge?.sourcePort ?? '' };
}
