import type { NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { aloneIn } from './alone.js';
import { NEEDED } from './decision.js';
import { type Given, type InnerGiven, NOTHING_GIVEN } from './given.js';
import { keysOf, keysWith } from './keys.js';
import { planOf, type RunPlan } from './plan.js';
import { denseShape } from './plan-shape.js';

const plans = new WeakMap<CompiledFlow, RunPlan>();

/**
 * The plan of a frame: everything in the body, every time. The same for all frames.
 *
 * @param inner - What the run is given for nodes of the body, by id.
 */
export function planBody(body: CompiledFlow, inner?: InnerGiven): RunPlan {
  if (inner) return planWith(body, givenIn(body, inner));
  let plan = plans.get(body);
  if (!plan) {
    plan = planWith(body, NOTHING_GIVEN);
    plans.set(body, plan);
  }
  return plan;
}

/** What a run is given for the body of a container. A node that takes items one by one is its own body. */
export function givenInside({ flow, overrides, inner }: RunPlan, node: number): InnerGiven | undefined {
  const given = inner.get(node);
  const own = flow.containers?.get(node)?.kind === 'items' ? overrides.get(node) : undefined;
  if (!own) return given;
  const id = flow.ids[node] as NodeId; // every index has an id
  return { overrides: new Map([...(given?.overrides ?? []), [id, own]]), pins: given?.pins ?? new Map() };
}

function planWith(body: CompiledFlow, given: Given): RunPlan {
  const alone = aloneIn(body);
  const isNode = (node: number): boolean => node !== body.entry && node !== body.exit;
  const list = body.ids.map((_, node) => (isNode(node) ? alone.decide(node, given, NEEDED) : undefined));
  return planOf(given === NOTHING_GIVEN ? keysOf(body) : keysWith(body, given), denseShape(body, list));
}

/** What is given for nodes of the document goes into zones, and not into subgraphs: their nodes are others. */
function givenIn(body: CompiledFlow, inner: InnerGiven): Given {
  const byIndex = <Value>(byId: ReadonlyMap<NodeId, Value>): Map<number, Value> => {
    const found = new Map<number, Value>();
    for (const [id, value] of byId) {
      const index = body.indexOf.get(id);
      if (index !== undefined) found.set(index, value);
    }
    return found;
  };
  const own = [...(body.containers ?? [])].filter(([, { kind }]) => kind !== 'subgraph');
  return {
    overrides: byIndex(inner.overrides),
    pins: byIndex(inner.pins),
    inner: new Map(own.map(([node]) => [node, inner] as const)),
  };
}
