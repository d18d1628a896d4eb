import type { NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { BypassRoute } from '../plan/bypass.js';
import type { Decisions } from '../plan/decision.js';
import type { Tokens } from './tokens.js';

/** What finding out who is to blame looks at. */
export interface BlameFrame {
  readonly flow: CompiledFlow;
  readonly tokens: Tokens;
  readonly plan: { readonly decisions: Decisions };
  /** Who is to blame for what was skipped before it entered, by place of the entry. */
  readonly entryBlame: ReadonlyMap<number, NodeId>;
}

/**
 * Where the skip or the error that a wire carries began: a node of the frame by index, or, beyond all nodes, a place of the
 * entry. A bypassed node began nothing that it handed on.
 */
export function blameAt(frame: BlameFrame, edge: number): number {
  const { flow, tokens } = frame;
  let at = edge;
  for (;;) {
    const source = flow.edgeSource[at] as number; // an edge of the flow, here and below
    if (source === flow.entry) return flow.ids.length + (flow.edgeOutput[at] as number);
    const route = routeOf(frame, at);
    if (route?.kind !== 'edge' || !isNotHere(frame, route.edge)) return tokens.blameOf(source);
    at = route.edge;
  }
}

/** Names what {@link blameAt} gives. What entered a frame names who is to blame around it. */
export function blamed({ flow, entryBlame }: BlameFrame, blame: number): NodeId {
  const place = blame - flow.ids.length;
  return (place >= 0 ? (entryBlame.get(place) ?? flow.ids[flow.entry]) : flow.ids[blame]) as NodeId; // all have an id
}

/** What an edge from a bypassed node hands on. */
function routeOf({ flow, plan }: BlameFrame, edge: number): BypassRoute | undefined {
  const decision = plan.decisions.get(flow.edgeSource[edge] as number);
  return decision?.action === 'bypass' ? decision.routes[flow.edgeOutput[edge] as number] : undefined;
}

function isNotHere({ tokens }: BlameFrame, edge: number): boolean {
  return !tokens.hasValue(edge) && !tokens.isNone(edge);
}
