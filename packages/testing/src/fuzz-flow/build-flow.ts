import {
  emptyDocument,
  type FlowDocument,
  type FlowType,
  type InputPort,
  type Library,
  type NodeId,
  type PromotedPort,
} from '@loom/graph';
import type { FlowFeatures } from './features.js';
import { addBody } from './flow-body.js';
import { FlowDraft } from './flow-draft.js';
import { behaviourOf, typeIdOf } from './fuzz-library.js';
import type { BodyRecipe, FlowRecipe } from './recipe.js';
import { writtenTypes } from './written-types.js';

const MOST_PROMOTED = 2;

/** Makes the document of a recipe. Nodes are called `n0`, `n1` and so on, also inside of subgraphs. */
export function buildFlow(recipe: FlowRecipe, library: Library, features: FlowFeatures): FlowDocument {
  const types: Record<string, FlowType> = { ...allWritten };
  recipe.definitions.forEach((body, i) => {
    types[`sub${i}`] = definition(
      new FlowDraft({ ...types }, library, features.sharedIds ? 'n' : `s${i}n`),
      body,
      features,
    );
  });
  const draft = new FlowDraft(types, library);
  addBody({ draft, features, parent: undefined, isDefinition: false, sources: [] }, recipe.body);
  addFaults(draft, recipe);
  return {
    ...emptyDocument,
    types: usedTypes(types, draft.nodes),
    nodes: draft.nodes,
    edges: draft.edges,
    ...(features.given && { inputs: promoted('in', freePorts(draft, false).slice(0, MOST_PROMOTED)) }),
  };
}

const allWritten = Object.fromEntries(
  Object.entries(writtenTypes).map(([name, type]) => [typeIdOf('written', name as keyof typeof writtenTypes), type]),
);

/** Subgraphs, and of the sources those that are used. */
function usedTypes(types: Readonly<Record<string, FlowType>>, nodes: FlowDocument['nodes']): Record<string, FlowType> {
  const inside = Object.values(types).flatMap((type) => (type.kind === 'subgraph' ? Object.values(type.nodes) : []));
  const used = new Set([...Object.values(nodes), ...inside].map(({ type }) => type));
  return Object.fromEntries(Object.entries(types).filter(([id, { kind }]) => kind === 'subgraph' || used.has(id)));
}

function definition(draft: FlowDraft, body: BodyRecipe, features: FlowFeatures): FlowType {
  const sources = addBody({ draft, features, parent: undefined, isDefinition: true, sources: [] }, body);
  const free = freePorts(draft, features.promotedLists);
  const ends = sources.filter(({ kind }) => kind !== 'stream').map(({ node, port }) => ({ node, port }));
  return {
    kind: 'subgraph',
    nodes: draft.nodes,
    edges: draft.edges,
    inputs: promoted('in', free.slice(0, MOST_PROMOTED)),
    outputs: promoted('out', ends.slice(-MOST_PROMOTED)),
  };
}

/** Inputs of functions at the root that no wire leads to; also those for several wires, if these are wanted. */
function freePorts(draft: FlowDraft, withMultiple: boolean): PromotedPort[] {
  return functionsAtRoot(draft).flatMap((node) => {
    const ports = freeInputs(draft, node).filter(({ multiple }) => withMultiple || !multiple);
    return ports.map(({ id }) => ({ node, port: id }));
  });
}

function promoted(name: string, ports: readonly PromotedPort[]): Record<string, PromotedPort> {
  return Object.fromEntries(ports.map((port, i) => [`${name}${i}`, port]));
}

/** Wires that should not be there: back, to a port that is gone, out of a zone. */
function addFaults(draft: FlowDraft, { back, astray, outOfZone }: FlowRecipe): void {
  const functions = functionsAtRoot(draft);
  const at = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)];
  const outOf = (node: NodeId) => draft.sources(node, 'outer').filter(({ kind }) => kind !== 'stream')[0];
  if (astray !== undefined) {
    const [source, target] = [at(functions, astray), at(functions, astray + 1)];
    const from = source !== undefined && source < (target ?? '') ? outOf(source) : undefined;
    // Whether a bypassed node needs what it does not hand on, no rule says.
    if (from && target && draft.nodes[target]?.settings?.mode !== 'bypassed') draft.wireAnyhow(from, target, 'nowhere');
  }
  if (outOfZone !== undefined) {
    const source = at(
      Object.keys(draft.nodes).filter((node) => isInZone(draft, node) && isFunction(draft, node)),
      outOfZone,
    );
    const [target] = functions.slice(-1);
    const from = source === undefined ? undefined : outOf(source);
    const [port] = target === undefined ? [] : freeInputs(draft, target);
    if (from && target && port && numberOf(from.node) < numberOf(target)) draft.wireAnyhow(from, target, port.id);
  } else if (back) {
    const [one, other] = back.map((place) => at(functions, place)).sort((a = '', b = '') => numberOf(a) - numberOf(b));
    const from = other === undefined ? undefined : outOf(other);
    const [port] = one === undefined ? [] : freeInputs(draft, one);
    if (from && one && one !== other && port) draft.wireAnyhow(from, one, port.id);
  }
}

function numberOf(node: NodeId): number {
  return Number(node.slice(1));
}

function isFunction(draft: FlowDraft, node: NodeId): boolean {
  return behaviourOf(draft.nodes[node]?.type ?? '') !== undefined;
}

function isInZone(draft: FlowDraft, node: NodeId): boolean {
  for (let up = draft.nodes[node]?.parent; up !== undefined; up = draft.nodes[up]?.parent)
    if (draft.nodes[up]?.settings?.zone?.kind !== 'group') return true;
  return false;
}

function functionsAtRoot(draft: FlowDraft): NodeId[] {
  return Object.keys(draft.nodes).filter((node) => isFunction(draft, node) && !isInZone(draft, node));
}

function freeInputs(draft: FlowDraft, node: NodeId): InputPort[] {
  const inputs = draft.ports(node).inputs.filter(({ type }) => type.kind === 'any' || type.kind === 'json');
  return inputs.filter(({ id }) => !draft.isWired(node, id));
}
