import type { InputPort, Json, NodeType, PortId } from '@loom/graph';
import { type CompiledFlow, Join } from '../../flow/compiled-flow.js';
import { givenLiteral, type Overrides } from '../../plan/blocked.js';
import { NOTHING } from '../../plan/place-marks.js';
import { layoutOf, type ValueLayout } from '../../plan/value-layout.js';
import { defaultOf } from '../dispatch/task-inputs.js';
import { freshJson } from './fresh-json.js';
import { inputsMaker, type MakeInputs } from './make-inputs.js';

/** What calls of nodes have in common that are of one type and are given something at the same inputs. */
export interface Recipe {
  readonly type: NodeType;
  /** The inputs, in the order of the type. */
  readonly ports: readonly PortId[];
  /** Undefined when looking values up is not enough: what such nodes are called with depends on what their wires bring. */
  readonly make: MakeInputs | undefined;
  /** The inputs, by place, whose literal is a list or an object, or may turn out to be one. */
  readonly fresh: readonly number[];
}

/** Of nodes that are no functions. */
export const NO_RECIPE = -1;

/** In the place of what inputs are given where that is not clear beforehand. */
const UNCLEAR = -1;

const nothingFresh: readonly number[] = [];

/**
 * How the nodes of a plan are called: for each where its inputs are in the list of values. Literals are values like all
 * others, behind those that the run computes; each is there once.
 */
export class CallRecipes {
  readonly layout: ValueLayout;
  readonly recipes: readonly Recipe[];
  /** By position of the layout: the recipe, and where its feeds begin. */
  readonly recipeOf: Int32Array;
  readonly feedStart: Int32Array;
  /** Places in the list of values. */
  readonly feeds: Int32Array;
  readonly #template: readonly unknown[];

  constructor(draft: RecipesDraft) {
    this.layout = draft.layout;
    this.recipes = draft.recipes;
    this.recipeOf = draft.recipeOf;
    this.feedStart = draft.feedStart;
    this.feeds = Int32Array.from(draft.feeds);
    this.#template = draft.values;
  }

  /** A list for the values of a run, which has the literals in it. */
  newValues(overrides: Overrides): unknown[] {
    const values = this.#template.slice();
    for (const [node, ports] of overrides) {
      const position = this.layout.positionOf(node);
      const recipe = this.recipes[this.recipeOf[position] ?? NO_RECIPE];
      for (const [port, value] of recipe ? ports : []) {
        const place = recipe?.ports.indexOf(port) ?? -1;
        const at = this.feeds[(this.feedStart[position] as number) + place] as number; // typed arrays of fixed length
        // A wire wins. What may be overridden has a place of its own.
        if (place >= 0 && at >= this.layout.size) values[at] = value;
      }
    }
    return values;
  }

  /** The inputs of the node at a position whose values are all there; undefined when there is more to do. */
  inputsOf(position: number, values: readonly unknown[]): Record<PortId, unknown> | undefined {
    const recipe = this.recipes[this.recipeOf[position] ?? NO_RECIPE];
    if (!recipe?.make) return undefined;
    const at = this.feedStart[position] as number; // typed arrays of fixed length
    const inputs = recipe.make(values, this.feeds, at);
    if (recipe.fresh.length > 0) this.#freshen(inputs, recipe, at);
    return inputs;
  }

  /** What receives a literal may change it. */
  #freshen(inputs: Record<PortId, unknown>, { ports, fresh }: Recipe, at: number): void {
    for (const place of fresh) {
      const port = ports[place] as PortId;
      if ((this.feeds[at + place] as number) >= this.layout.size) inputs[port] = freshJson(inputs[port] as Json);
    }
  }
}

const known = new WeakMap<ValueLayout, CallRecipes>();

/** The recipes of a plan, worked out once for all plans of the same nodes. */
export function recipesOf(flow: CompiledFlow, scope: Int32Array): CallRecipes {
  const layout = layoutOf(flow, scope);
  let recipes = known.get(layout);
  if (!recipes) {
    recipes = new CallRecipes(new RecipesDraft(flow, layout));
    known.set(layout, recipes);
  }
  return recipes;
}

class RecipesDraft {
  readonly layout: ValueLayout;
  readonly recipes: Recipe[] = [];
  readonly recipeOf: Int32Array;
  readonly feedStart: Int32Array;
  readonly feeds: number[] = [];
  readonly values: unknown[];
  readonly #flow: CompiledFlow;
  /** Where literals are that cannot be changed. */
  readonly #scalars = new Map<Json, number>();
  /** By type, and by what its inputs are given. */
  readonly #ofTypes = new Map<NodeType, Map<number, number>>();
  /** Inputs that a run may be given other values for, by node. */
  readonly #promoted = new Map<number, Set<PortId>>();

  constructor(flow: CompiledFlow, layout: ValueLayout) {
    this.#flow = flow;
    this.layout = layout;
    this.values = new Array<unknown>(layout.size).fill(NOTHING);
    this.recipeOf = new Int32Array(layout.nodes.length);
    this.feedStart = new Int32Array(layout.nodes.length);
    for (const { node: id, port } of Object.values(flow.document.inputs)) {
      const node = flow.indexOf.get(id);
      if (node === undefined) continue;
      const ports = this.#promoted.get(node) ?? new Set();
      this.#promoted.set(node, ports.add(port));
    }
    for (let position = 0; position < layout.nodes.length; position++) {
      this.feedStart[position] = this.feeds.length;
      this.recipeOf[position] = this.#recipeFor(layout.nodes[position] as number); // typed arrays of fixed length
    }
  }

  #recipeFor(node: number): number {
    const { types, joins } = this.#flow;
    const type = types[node];
    const kind = type?.implementation.kind;
    if (!type || (kind !== 'function' && kind !== 'source')) return NO_RECIPE;
    if (type.inputs.length > MAX_INPUTS) return this.#recipe(type, UNCLEAR);
    if (joins !== undefined && joins[node] !== Join.all) return this.#recipe(type, UNCLEAR);
    const wired = this.#wiredPlaces(node, type);
    if (!wired) return this.#recipe(type, UNCLEAR);
    const promoted = this.#promoted.get(node);
    const start = this.feeds.length;
    // A number for each combination of what inputs are given: three possibilities each.
    let signature = 0;
    for (let i = 0; i < type.inputs.length; i++) {
      const input = type.inputs[i] as InputPort; // within the bounds of the loop
      const isPromoted = promoted?.has(input.id) === true;
      const given = this.#feedOf(node, type, input, wired[i] as number, isPromoted);
      if (given === Given.unclear) {
        this.feeds.length = start;
        return this.#recipe(type, UNCLEAR);
      }
      signature = 3 * signature + given;
    }
    return this.#recipe(type, signature);
  }

  #recipe(type: NodeType, signature: number): number {
    const ofType = this.#ofTypes.get(type) ?? new Map<number, number>();
    this.#ofTypes.set(type, ofType);
    let recipe = ofType.get(signature);
    if (recipe === undefined) {
      recipe = this.recipes.push(recipeOf(type, signature)) - 1;
      ofType.set(signature, recipe);
    }
    return recipe;
  }

  /** Where in the list of values each input of a node gets its own by wire, by its place; undefined when that is not all. */
  #wiredPlaces(node: number, type: NodeType): Int32Array | undefined {
    const { inStart, inEdges, edgeSource, edgeTargetPort, edgeOutput, edgeModes } = this.#flow;
    const places = wiredBefore.fill(-1);
    const end = inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      const port = edgeTargetPort[edge];
      const source = this.layout.positionOf(edgeSource[edge] as number);
      const place = type.inputs.findIndex(({ id, multiple, inner }) => id === port && !multiple && !inner);
      const output = edgeOutput[edge] as number;
      if (place < 0 || source < 0 || output < 0 || edgeModes?.[edge]) return undefined;
      places[place] = (this.layout.start[source] as number) + output;
    }
    return places;
  }

  /** Adds where an input has its value, unless it has none. */
  #feedOf(node: number, type: NodeType, input: InputPort, wired: number, isPromoted: boolean): Given {
    if (input.id === '__proto__') return Given.unclear;
    if (wired >= 0) {
      this.feeds.push(wired);
      return Given.value;
    }
    if (input.inner) return Given.nothing;
    const literal = givenLiteral(this.#flow, node, undefined, input.id);
    const value = literal === undefined ? defaultOf(input, type) : literal;
    // A run may be given something here, or nothing.
    if (value === undefined) return isPromoted ? Given.unclear : Given.nothing;
    if (isPromoted || (typeof value === 'object' && value !== null)) {
      this.feeds.push(this.values.push(value) - 1);
      return Given.fresh;
    }
    let place = Object.is(value, -0) ? undefined : this.#scalars.get(value);
    if (place === undefined) {
      place = this.values.push(value) - 1;
      this.#scalars.set(value, place);
    }
    this.feeds.push(place);
    return Given.value;
  }
}

/** More inputs than numbers can tell the combinations of. */
const MAX_INPUTS = 32;

/** For one node at a time. */
const wiredBefore = new Int32Array(MAX_INPUTS);

/** What an input is given. */
const Given = { unclear: UNCLEAR, nothing: 0, value: 1, fresh: 2 } as const;
type Given = (typeof Given)[keyof typeof Given];

function recipeOf(type: NodeType, signature: number): Recipe {
  if (signature === UNCLEAR) return { type, ports: [], make: undefined, fresh: nothingFresh };
  const ports: PortId[] = [];
  const fresh: number[] = [];
  type.inputs.forEach(({ id }, i) => {
    const given = Math.floor(signature / 3 ** (type.inputs.length - 1 - i)) % 3;
    if (given === Given.fresh) fresh.push(ports.length);
    if (given !== Given.nothing) ports.push(id);
  });
  return { type, ports, make: inputsMaker(ports), fresh: fresh.length > 0 ? fresh : nothingFresh };
}
