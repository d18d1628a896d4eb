import type { Library, SubgraphFlowType, TypeId } from '@loom/graph';
import type { BodyDraft, Boundary, DraftContext } from './body-draft.js';
import type { CompiledFlow } from './compiled-flow.js';

/** Subgraphs within subgraphs that are still run. */
const MAX_DEPTH = 50;

type Compile = (context: DraftContext, boundary: Boundary) => CompiledFlow;

interface Compiled {
  readonly types: CompiledFlow['document']['types'];
  readonly library: Library;
  readonly body: CompiledFlow;
}

/** All instances of a subgraph share one compiled body. */
const bodies = new WeakMap<SubgraphFlowType, Compiled>();

/** Gives every instance of a subgraph its body. */
export function compileSubgraphs(draft: BodyDraft, context: DraftContext, compile: Compile): void {
  const { types } = draft;
  for (let index = 0; index < types.length; index++) {
    if (types[index]?.implementation.kind !== 'subgraph') continue;
    const { type: id } = draft.nodes[index] as (typeof draft.nodes)[number]; // within the bounds of the loop
    const definition = context.document.types[id];
    const { within = [] } = context;
    if (definition?.kind !== 'subgraph' || within.includes(id) || within.length >= MAX_DEPTH) {
      draft.recursive.add(index);
    } else {
      draft.containers.set(index, { kind: 'subgraph', body: bodyOf(id, definition, context, compile) });
    }
  }
}

function bodyOf(id: TypeId, definition: SubgraphFlowType, context: DraftContext, compile: Compile): CompiledFlow {
  const { types } = context.document;
  const known = bodies.get(definition);
  if (known?.types === types && known.library === context.library) return known.body;
  const graph = { nodes: definition.nodes, edges: definition.edges, types };
  const boundary: Boundary = {
    node: { type: id, position: { x: 0, y: 0 } },
    inputs: Object.entries(definition.inputs ?? {}),
    outputs: Object.entries(definition.outputs ?? {}),
  };
  const body = compile({ ...context, graph, within: [...(context.within ?? []), id] }, boundary);
  bodies.set(definition, { types, library: context.library, body });
  return body;
}
