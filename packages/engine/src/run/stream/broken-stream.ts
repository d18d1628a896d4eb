import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { ChannelReader } from './channel.js';

/** What is looked at to find streams that failed. */
export interface ReadingFrame {
  readonly flow: CompiledFlow;
  readonly readers: ReadonlyMap<number, ChannelReader>;
}

/** The node whose stream failed while the function of another node read it; undefined when none did. */
export function brokenStream({ flow, readers }: ReadingFrame, node: number): number | undefined {
  if (flow.edgeModes === undefined) return undefined;
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const blame = readers.get(flow.inEdges[k] as number)?.brokenBy;
    if (blame !== undefined) return blame;
  }
  return undefined;
}
