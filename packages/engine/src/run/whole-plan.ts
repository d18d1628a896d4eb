import type { NodeId, NodeType } from '@loom/graph';
import type { CompiledFlow, Container } from '../flow/compiled-flow.js';
import { planBody } from '../plan/body-plan.js';
import type { RunPlan } from '../plan/plan.js';

/** The types that a run may perform, also in bodies. */
export function performedTypes(plan: RunPlan): Set<NodeType> {
  const types = new Set<NodeType>();
  const seen = new Set<CompiledFlow>();
  const visit = ({ flow, performers, decisions }: RunPlan): void => {
    if (seen.has(flow)) return;
    seen.add(flow);
    for (const node of performers) {
      const type = flow.types[node];
      const kind = type?.implementation.kind;
      if (type && (kind === 'source' || kind === 'function')) types.add(type);
    }
    for (const [node, { body }] of flow.containers ?? [])
      if (decisions.get(node)?.action === 'run') visit(planBody(body));
  };
  visit(plan);
  return types;
}

/** The nodes of the document that a plan is about, with those of zones; `isWanted` chooses among those at the root. */
export function scopeIds(plan: RunPlan, isWanted: (node: number) => boolean): NodeId[] {
  const ids: NodeId[] = [];
  const visit = ({ flow, scope }: RunPlan, wanted: (node: number) => boolean): void => {
    for (const node of scope) {
      if (!wanted(node)) continue;
      ids.push(flow.ids[node] as NodeId); // every index has an id
      const container = zoneIn(flow.containers?.get(node));
      if (container) visit(planBody(container.body), () => true);
    }
  };
  visit(plan, isWanted);
  return ids;
}

/** Whether a node has a breakpoint, at the root or in any body. */
export function hasBreakpoints(flow: CompiledFlow): boolean {
  if (flow.nodes.some(({ settings }) => settings?.breakpoint !== undefined && settings.breakpoint !== false))
    return true;
  return Array.from(flow.containers?.values() ?? []).some(({ body }) => hasBreakpoints(body));
}

/** The zone that a container is, or that takes items one by one. */
function zoneIn(container: Container | undefined): Container | undefined {
  if (container?.kind !== 'items') return container?.kind === 'zone' ? container : undefined;
  const [inner] = container.body.containers?.values() ?? [];
  return zoneIn(inner);
}
