import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { blockedBy } from './blocked.js';
import { type BypassRoute, bypassRoutes } from './bypass.js';
import { type Decision, type RunDecision, TARGET } from './decision.js';
import { type Given, NOTHING_GIVEN } from './given.js';

const MUTED: Decision = { action: 'skip', reason: 'muted' };
const WAITS: Decision = { action: 'skip', reason: 'waits-for-event' };

const ofFlow = new WeakMap<CompiledFlow, AloneDecisions>();

/** What to do with the nodes of a flow, each by itself, whatever else is in the run. */
export function aloneIn(flow: CompiledFlow): AloneDecisions {
  let decisions = ofFlow.get(flow);
  if (!decisions) {
    decisions = new AloneDecisions(flow);
    ofFlow.set(flow, decisions);
  }
  return decisions;
}

/** See {@link aloneIn}. What the flow itself says is worked out once for each node. */
export class AloneDecisions {
  readonly #flow: CompiledFlow;
  readonly #known: (Decision | undefined)[];

  constructor(flow: CompiledFlow) {
    this.#flow = flow;
    this.#known = new Array<Decision | undefined>(flow.ids.length);
  }

  /** Gives `run` when there is nothing that keeps the node from being run. */
  decide(node: number, given: Given, run: RunDecision): Decision {
    if (given !== NOTHING_GIVEN && (given.overrides.has(node) || given.pins.has(node))) {
      return decide(this.#flow, node, given, run);
    }
    const decision = this.#known[node] ?? decide(this.#flow, node, NOTHING_GIVEN, TARGET);
    this.#known[node] = decision;
    return decision.action === 'run' ? run : decision;
  }
}

function decide(flow: CompiledFlow, node: number, { overrides, pins }: Given, run: RunDecision): Decision {
  const settings = flow.nodes[node]?.settings;
  if (settings?.mode === 'muted') return MUTED;
  const values = pins.get(node) ?? settings?.pinned;
  if (values !== undefined) return { action: 'pinned', values };
  if (flow.types[node]?.implementation.kind === 'event') return WAITS;
  if (settings?.mode === 'bypassed') {
    const routes = bypassRoutes(flow, node, overrides.get(node));
    const error = noBypass(flow, node, routes);
    return error ? { action: 'blocked', error } : { action: 'bypass', routes };
  }
  const error = blockedBy(flow, node, overrides);
  return error ? { action: 'blocked', error } : run;
}

/** Why nothing can be handed on past a node. */
function noBypass(flow: CompiledFlow, node: number, routes: readonly BypassRoute[]): NodeError | undefined {
  const type = flow.types[node];
  if (type?.implementation.kind === 'zone') {
    const message = 'A zone has nothing that it could hand on. Mute it, or take its nodes out of it.';
    return { code: 'zone/no-bypass', message, frames: [] };
  }
  // Without ports there is nothing to hand on, and on a cycle nothing to wait for.
  const isKnown = type !== undefined && type.implementation.kind !== 'missing';
  const isWired = routes.every((route) => route.kind !== 'edge' || hasOutput(flow, route.edge));
  if (isKnown && isWired && flow.cyclic[node] === 0) return undefined;
  return blockedBy(flow, node, NOTHING_GIVEN.overrides);
}

/** Whether the output that a wire begins at is there; a source without a type is blocked itself. */
function hasOutput(flow: CompiledFlow, edge: number): boolean {
  const source = flow.types[flow.edgeSource[edge] as number];
  return !source || source.implementation.kind === 'missing' || (flow.edgeOutput[edge] as number) >= 0;
}
