import type { InputPort, Json, NodeId, NodeSettings, PortId, StreamMode } from '@loom/graph';
import type { BehaviourName } from './behaviour.js';
import type { FlowFeatures } from './features.js';
import type { FlowDraft, Source } from './flow-draft.js';
import { typeIdOf } from './fuzz-library.js';
import type { BodyRecipe, FeedRecipe, NodeRecipe, PlainRecipe, ZoneNodeRecipe, ZoneRecipe } from './recipe.js';
import { writtenTypes } from './written-types.js';
import { zoneLiterals, zoneSettings } from './zone-recipe.js';

/** Where a body is. */
export interface BodyPlace {
  readonly draft: FlowDraft;
  readonly features: FlowFeatures;
  readonly parent: NodeId | undefined;
  /** Whether it is, or is in, the inside of a subgraph. */
  readonly isDefinition: boolean;
  /** What its nodes may use of what is around it. */
  readonly sources: readonly Source[];
}

/** Adds the nodes of a body, each fed by those before it. Returns what they give. */
export function addBody(place: BodyPlace, recipe: BodyRecipe): Source[] {
  const own: Source[] = [];
  let group: NodeId | undefined;
  const parentOf = ({ isGrouped }: NodeRecipe): NodeId | undefined => {
    if (!isGrouped) return place.parent;
    group ??= place.draft.add({ type: 'loom/group', settings: { zone: { kind: 'group' } }, ...parented(place.parent) });
    return group;
  };
  for (const node of recipe) {
    const parent = parentOf(node);
    own.push(...('zone' in node ? addZone(place, parent, own, node) : addPlain(place, parent, own, node)));
  }
  return own;
}

function addPlain(place: BodyPlace, parent: NodeId | undefined, own: readonly Source[], recipe: PlainRecipe): Source[] {
  const { draft, features, sources } = place;
  const id = draft.add({ type: typeOf(place, recipe), ...parented(parent), settings: plainSettings(recipe) });
  const isFunction = recipe.what.kind === 'function';
  const takesStreams =
    recipe.what.kind === 'instance' ||
    (isFunction && !givesStreams(recipe.what.name) && (features.brokenStreams || !mayFail(recipe.what.name)));
  const near = [...sources, ...own].filter(({ kind }) => kind !== 'stream' || takesStreams);
  const feed = new Feeding(draft, id, features);
  draft.ports(id).inputs.forEach((port, i) => {
    feed.input(port, near, port.multiple ? recipe.feeds : recipe.feeds.slice(i, i + 1));
  });
  if (recipe.what.kind === 'unknown') return [{ node: id, port: 'out', kind: 'any' }];
  const given = draft.sources(id, 'outer', feed.isOneByOne);
  const isPlain = isFunction && !feed.hasStreams && !given.some(({ kind }) => kind === 'stream');
  const isJoin = recipe.mode === 'bypassed' && draft.wiresTo(id) > 1 && !features.bypassedJoins;
  setMode(draft, id, recipe, isPlain && !isJoin);
  return given;
}

function addZone(
  place: BodyPlace,
  parent: NodeId | undefined,
  own: readonly Source[],
  recipe: ZoneNodeRecipe,
): Source[] {
  const { draft, features, sources } = place;
  const { zone } = recipe;
  const settings: NodeSettings = { zone: zoneSettings(zone), ...(recipe.join && { join: recipe.join }) };
  const id = draft.add({ type: `loom/${zone.kind}`, ...parented(parent), settings, inputs: zoneLiterals(zone) });
  const near = [...sources, ...own];
  const feed = new Feeding(draft, id, features);
  const { inputs } = draft.ports(id);
  inputs
    .filter(({ inner }) => !inner)
    .forEach((port, i) => {
      const usable = near.filter(({ kind }) => kind !== 'stream' || port.id === 'items');
      feed.input(port, usable, recipe.feeds.slice(i, i + 1));
    });
  const captures = features.captures ? near.filter(({ kind }) => kind !== 'stream') : [];
  const inside = { ...place, parent: id, sources: [...captures, ...draft.sources(id, 'inner')] };
  const ends = addBody(inside, zone.body);
  if (zone.isCounting) ends.push(...addCounting(draft, id, zone.kind));
  inputs
    .filter(({ inner }) => inner)
    .forEach((port, i) => {
      if (!draft.isWired(id, port.id)) feed.input(port, ends, zone.ends.slice(i, i + 1));
    });
  // What a zone that begins early makes of a capture that is not there yet, no rule says.
  if (recipe.join === 'first') draft.change(id, { settings: { zone: zoneSettings(zone) } });
  setMode(draft, id, recipe, recipe.mode !== 'bypassed' || features.faults);
  return draft.sources(id, 'outer');
}

/** Lets a loop count up its first carried value and say when to stop. */
function addCounting(draft: FlowDraft, zone: NodeId, kind: ZoneRecipe['kind']): Source[] {
  const [, current] = draft.sources(zone, 'inner');
  if (kind === 'for-each' || !current) return [];
  const next = draft.add({ type: typeIdOf('now', 'add'), parent: zone });
  const again = draft.add({ type: typeIdOf('later', 'isSmall'), parent: zone });
  draft.wireAnyhow(current, next, 'a');
  const [sum] = draft.sources(next, 'outer');
  const [answer] = draft.sources(again, 'outer');
  if (!sum || !answer) return [];
  draft.wireAnyhow(sum, again, 'x');
  draft.wireAnyhow(sum, zone, current.port.replace('.current', '.next'));
  draft.wireAnyhow(answer, zone, 'continue');
  return [sum, answer];
}

/** Wires and literals of one node. */
class Feeding {
  hasStreams = false;
  /** Whether a stream makes the node run once per item. */
  isOneByOne = false;
  readonly #draft: FlowDraft;
  readonly #node: NodeId;
  readonly #features: FlowFeatures;
  readonly #modes: Record<PortId, StreamMode> = {};

  constructor(draft: FlowDraft, node: NodeId, features: FlowFeatures) {
    this.#draft = draft;
    this.#node = node;
    this.#features = features;
  }

  input(port: InputPort, sources: readonly Source[], feeds: readonly FeedRecipe[]): void {
    let isWired = false;
    for (const feed of feeds) {
      const source = feed.isWired ? pick(fitting(port, sources, feed), feed) : undefined;
      if (!source || !this.#draft.wire(source, this.#node, port.id, port.multiple ? feed.order : 0)) continue;
      isWired = true;
      if (source.kind === 'stream') this.#stream(port, feed);
    }
    const [first] = feeds;
    const literal = port.inner && port.id !== 'continue' ? undefined : fittingLiteral(port, first?.literal);
    const mayLack = this.#features.faults && first?.source === 1;
    const isLacking = port.required && !isWired && !mayLack;
    const { inputs = {} } = this.#draft.nodes[this.#node] ?? {};
    if (literal !== undefined) this.#literal({ ...inputs, [port.id]: literal });
    else if (isLacking && !(port.id in inputs)) this.#literal({ ...inputs, [port.id]: substitute(port, first) });
  }

  #literal(inputs: Record<PortId, Json>): void {
    this.#draft.change(this.#node, { inputs });
  }

  #stream(port: InputPort, { mode }: FeedRecipe): void {
    const isFirst = !this.hasStreams;
    this.hasStreams = true;
    if (port.multiple || port.inner || port.type.kind === 'list' || port.type.kind === 'stream') return;
    // Two newest items, or a newest beside others: no rule says when such a node fires.
    const allowed = mode === 'latest' && !isFirst ? undefined : mode;
    if (!isFirst) for (const [id, other] of Object.entries(this.#modes)) if (other === 'latest') delete this.#modes[id];
    if (allowed) this.#modes[port.id] = allowed;
    if (allowed !== 'collect') this.isOneByOne = true;
    const settings = this.#draft.nodes[this.#node]?.settings;
    this.#draft.change(this.#node, { settings: { ...settings, streams: { ...this.#modes } } });
  }
}

function givesStreams(name: BehaviourName): boolean {
  return name === 'emit' || name === 'emitAndFail';
}

function mayFail(name: BehaviourName): boolean {
  return name === 'failsOnOdd' || name === 'emitAndFail';
}

function typeOf({ draft, parent, isDefinition }: BodyPlace, { what, manner }: PlainRecipe): string {
  const isRoot = parent === undefined && !isDefinition;
  switch (what.kind) {
    case 'function':
      return typeIdOf(manner === 'written' && !(what.name in writtenTypes) ? 'now' : manner, what.name);
    case 'instance': {
      const definitions = Object.keys(draft.types).filter((id) => draft.types[id]?.kind === 'subgraph');
      return definitions[what.definition % definitions.length] ?? typeIdOf(manner, 'add');
    }
    case 'unknown':
      return 'nobody/knows';
    case 'timer':
      return isRoot ? 'loom/timer' : typeIdOf('now', 'constant');
    default:
      return `loom/${what.kind}`;
  }
}

function plainSettings({ what, join }: PlainRecipe): NodeSettings {
  return { ...(join && { join }), ...(what.kind === 'switch' && { cases: ['1', '2', 'ab'] }) };
}

function setMode(draft: FlowDraft, id: NodeId, { mode }: NodeRecipe, isAllowed: boolean): void {
  if (mode === 'normal' || (mode !== 'muted' && !isAllowed)) return;
  const settings = draft.nodes[id]?.settings ?? {};
  if (mode !== 'pinned') {
    draft.change(id, { settings: { ...settings, mode } });
    return;
  }
  const outputs = draft.sources(id, 'outer');
  // The last of several stays unpinned.
  const taken = outputs.slice(0, Math.max(1, outputs.length - 1));
  const pinned = Object.fromEntries(taken.map(({ port, kind }): [PortId, Json] => [port, PINS[kind]]));
  draft.change(id, { settings: { ...settings, pinned } });
}

const PINS = { any: 3, bool: true, list: [1, 2], stream: null } as const;

function fitting(port: InputPort, sources: readonly Source[], feed: FeedRecipe): readonly Source[] {
  const ofKind = (...kinds: Source['kind'][]): Source[] => sources.filter(({ kind }) => kinds.includes(kind));
  const isOdd = feed.order === 2;
  if (port.type.kind === 'bool') return isOdd && port.id === 'condition' ? ofKind('any') : ofKind('bool');
  if (port.id === 'items' && port.type.kind === 'list') return isOdd ? sources : ofKind('list', 'stream');
  if (port.type.kind === 'int') return isOdd ? ofKind('any') : [];
  return sources;
}

function pick(sources: readonly Source[], { source }: FeedRecipe): Source | undefined {
  // Counted from the end, so that small numbers, which shrinking likes, mean what is near.
  return sources[sources.length - 1 - (source % Math.max(1, sources.length))];
}

function fittingLiteral({ type, multiple }: InputPort, literal: Json | undefined): Json | undefined {
  if (multiple) return undefined;
  if (type.kind === 'bool') return typeof literal === 'boolean' ? literal : undefined;
  if (type.kind === 'list' || type.kind === 'stream') return Array.isArray(literal) ? literal : undefined;
  return type.kind === 'int' || type.kind === 'number' ? undefined : literal;
}

function substitute({ type, multiple }: InputPort, feed: FeedRecipe | undefined): Json {
  if (type.kind === 'bool') return feed?.order !== 1;
  return type.kind === 'list' || multiple ? [] : 1;
}

function parented(parent: NodeId | undefined): { parent?: NodeId } {
  return parent === undefined ? {} : { parent };
}
