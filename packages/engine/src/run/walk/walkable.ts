import type { NodeType } from '@loom/graph';
import type { DirectCode } from '../../executor.js';
import { type CompiledFlow, EdgeMode, Join } from '../../flow/compiled-flow.js';
import type { RunPlan } from '../../plan/plan.js';
import { NO_RECIPE, recipesOf } from '../calls/call-recipes.js';
import type { WalkGround } from './walk.js';

const known = new WeakMap<RunPlan['decisions'], number>();

/**
 * The position up to which a plan can be walked: all nodes before it are functions that are called when their inputs are
 * there, or taken over from before. What they really do shows only when they are called.
 */
export function walkableUntil(plan: RunPlan): number {
  let end = known.get(plan.decisions);
  if (end === undefined) {
    end = findEnd(plan);
    known.set(plan.decisions, end);
  }
  return end;
}

/** What a walk goes over. */
export function groundOf(plan: RunPlan, codes: readonly DirectCode[], values: WalkGround['values']): WalkGround {
  const { flow, scope } = plan;
  return { recipes: recipesOf(flow, scope), values, codes, start: firstPosition(flow), end: walkableUntil(plan) };
}

function findEnd({ flow, scope, decisions }: RunPlan): number {
  const { layout, recipeOf } = recipesOf(flow, scope);
  let position = firstPosition(flow);
  for (; position < layout.nodes.length; position++) {
    const node = layout.nodes[position] as number; // typed arrays of fixed length
    const action = decisions.get(node)?.action;
    if (action === 'reuse') continue;
    if (action !== 'run' || recipeOf[position] === NO_RECIPE || !isPlain(flow, node)) break;
  }
  return position;
}

/** The position of the first node: an entry is no node. */
export function firstPosition({ entry }: CompiledFlow): number {
  return entry < 0 ? 0 : 1;
}

function isPlain(flow: CompiledFlow, node: number): boolean {
  const { containers, joins, nodes, types } = flow;
  const { breakpoint, timeoutMs } = nodes[node]?.settings ?? {};
  if (breakpoint || timeoutMs !== undefined || containers?.has(node) || joins?.[node] === Join.first) return false;
  return !takesItems(flow, node) && !givesItems(types[node]);
}

function takesItems({ edgeModes, inStart, inEdges }: CompiledFlow, node: number): boolean {
  if (edgeModes === undefined) return false;
  const end = inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = inStart[node] as number; k < end; k++) {
    if (edgeModes[inEdges[k] as number] !== EdgeMode.none) return true;
  }
  return false;
}

function givesItems(type: NodeType | undefined): boolean {
  return type?.outputs.some((port) => port.type.kind === 'stream') ?? false;
}
