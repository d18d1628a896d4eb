import type { CompiledFlow } from '../flow/compiled-flow.js';
import { aloneIn } from './alone.js';
import type { Cone } from './cone.js';
import { TARGET } from './decision.js';
import { isFed } from './feeds.js';
import { NOTHING_GIVEN } from './given.js';
import { indexIn } from './index-in.js';
import { type KeyTable, keysOf } from './keys.js';
import { LARGE_RUN } from './large-runs.js';
import type { Execution } from './node-history.js';
import type { ResultStore } from './results.js';
import type { RunOrigin } from './run-origin.js';
import { Trait, traitsOf } from './traits.js';

/** What is known of a node. */
const UNKNOWN = 0;
const HOLDS = 1;
const OUTDATED = 2;

/**
 * Which results of a flow still hold: those of the present key, made from the newest executions of what feeds the node. What
 * is pure counts as executed never. What was found out is remembered.
 */
export abstract class Freshness {
  readonly flow: CompiledFlow;
  readonly store: ResultStore;
  readonly keys: KeyTable;
  readonly traits: Uint8Array;

  constructor(store: ResultStore, keys: KeyTable) {
    this.flow = keys.flow;
    this.store = store;
    this.keys = keys;
    this.traits = traitsOf(keys.flow);
  }

  /** How a node ended last with its present key. */
  execution(node: number): Execution | undefined {
    return this.store.find(this.keys, node);
  }

  /** Whether what became of a node last is what would become of it now. */
  holds(node: number): boolean {
    let state = this.stateOf(node);
    if (state === UNKNOWN) {
      this.#resolve(node);
      state = this.stateOf(node);
    }
    return state === HOLDS;
  }

  protected abstract stateOf(node: number): number;
  protected abstract setState(node: number, state: number): void;

  /** What feeds a node is looked at first; a stack of our own, because chains may be longer than the engine's. */
  #resolve(node: number): void {
    const stack = [node];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (this.stateOf(top) !== UNKNOWN) {
        stack.pop();
        continue;
      }
      const size = stack.length;
      const state = this.#judge(top, stack);
      if (stack.length > size) continue;
      this.setState(top, state);
      stack.pop();
    }
  }

  /** Pushes what has to be known before. */
  #judge(node: number, stack: number[]): number {
    const { flow, keys } = this;
    if (keys.isConstant(node)) return HOLDS;
    if (flow.cyclic[node] === 1) return OUTDATED;
    if (!keys.isPure(node)) {
      const state = this.#judgeFeeders(node, stack);
      if (state !== HOLDS) return state;
    }
    const execution = this.execution(node);
    // What is blocked is never executed, and always ends so.
    if (!execution) return this.#isBlocked(node) ? HOLDS : OUTDATED;
    if (execution.outcome === 'failed') return OUTDATED;
    if (keys.isPure(node) && !execution.origin.hasFailures) return HOLDS;
    return this.#isFedBySame(node, execution) ? HOLDS : OUTDATED;
  }

  /** What is known of all that feeds a node and is not pure. */
  #judgeFeeders(node: number, stack: number[]): number {
    const { flow, keys } = this;
    const size = stack.length;
    const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = flow.inStart[node] as number; k < end; k++) {
      const source = keys.feederBy(flow.inEdges[k] as number);
      if (source < 0 || keys.isPure(source)) continue;
      const state = this.stateOf(source);
      if (state === OUTDATED) {
        stack.length = size;
        return OUTDATED;
      }
      if (state === UNKNOWN) stack.push(source);
    }
    return stack.length > size ? UNKNOWN : HOLDS;
  }

  /** Whether a node was made from the newest executions of what feeds it, none of which failed. */
  #isFedBySame(node: number, { origin, index }: Execution): boolean {
    const { flow, keys } = this;
    const end = flow.inStart[node + 1] as number;
    for (let k = flow.inStart[node] as number; k < end; k++) {
      const source = keys.feederBy(flow.inEdges[k] as number);
      if (source < 0) continue;
      const then = indexIn(origin.keys.flow, flow, source);
      if (origin.hasFailed(then)) return false;
      if (keys.isPure(source)) continue;
      const now = this.execution(source);
      if (!now && this.#isBlocked(source)) continue;
      if (then < 0 || now?.origin.version !== origin.versionFed(then, index)) return false;
    }
    return true;
  }

  #isBlocked(node: number): boolean {
    return aloneIn(this.flow).decide(node, this.keys.given, TARGET).action === 'blocked';
  }
}

/** Which results hold of a flow as it stands. Kept with it, so that a run of a few nodes costs no more than these. */
export class FlowFreshness extends Freshness {
  /** Changes when something that was known is not known any more. */
  version = 0;
  readonly #state: Uint8Array;
  #seen: number;
  #epoch: number;
  /** Runs that were not over, with the number of outcomes that were seen of them. */
  readonly #open = new Map<RunOrigin, number>();

  constructor(store: ResultStore, flow: CompiledFlow) {
    super(store, keysOf(flow));
    this.#state = new Uint8Array(flow.ids.length);
    this.#seen = store.version;
    this.#epoch = store.epoch;
    this.#watchOpen();
  }

  /** Takes in what has happened since the last time. */
  update(): void {
    const { store } = this;
    if (this.#epoch !== store.epoch) this.#reset();
    for (const [origin, outcomes] of this.#open) {
      if (origin.outcomes !== outcomes || isLarge(origin)) this.#apply(origin);
      if (origin.isOpen) this.#open.set(origin, origin.outcomes);
      else this.#open.delete(origin);
    }
    while (this.#seen < store.version) {
      const origin = store.journal.get(this.#seen + 1);
      if (!origin) {
        this.#reset();
        return;
      }
      this.#seen++;
      if (origin.outcomes > 0 || isLarge(origin)) this.#apply(origin);
      if (origin.isOpen) this.#open.set(origin, origin.outcomes);
    }
  }

  protected override stateOf(node: number): number {
    return this.#state[node] as number;
  }

  protected override setState(node: number, state: number): void {
    this.#state[node] = state;
  }

  #reset(): void {
    this.#state.fill(UNKNOWN);
    this.version++;
    this.#seen = this.store.version;
    this.#epoch = this.store.epoch;
    this.#watchOpen();
  }

  #watchOpen(): void {
    this.#open.clear();
    for (const origin of this.store.journal.open) this.#open.set(origin, origin.outcomes);
  }

  /** Forgets what may have changed by a run: its nodes, and what depends on those that are not pure. */
  #apply({ keys, nodes }: RunOrigin): void {
    const isOwn = keys.flow === this.flow;
    if (!keys.cone && 2 * nodes.length > this.flow.ids.length) {
      this.#state.fill(UNKNOWN);
      this.version++;
      return;
    }
    // With other keys it is no result of the flow as it stands.
    for (const node of isOwn ? keys.outsideCone(nodes) : nodes) {
      const own = indexIn(this.flow, keys.flow, node);
      if (own >= 0) this.#forget(own);
    }
  }

  #forget(node: number): void {
    const { flow, traits, keys } = this;
    const todo = [node];
    let routed: Set<number> | undefined;
    for (let top = todo.pop(); top !== undefined; top = todo.pop()) {
      if (this.#state[top] !== UNKNOWN) {
        this.#state[top] = UNKNOWN;
        this.version++;
      }
      // Executed again it gives the same.
      if (keys.isPure(top)) continue;
      const end = flow.outStart[top + 1] as number;
      for (let k = flow.outStart[top] as number; k < end; k++) {
        const edge = flow.outEdges[k] as number;
        const target = flow.edgeTarget[edge] as number;
        if (((traits[target] as number) & Trait.routed) !== 0) {
          if (routed?.has(target) || !isFed(flow, traits, edge)) continue;
          routed ??= new Set();
          routed.add(target);
        } else if (this.#state[target] === UNKNOWN || keys.isConstant(target)) {
          continue;
        }
        todo.push(target);
      }
    }
  }
}

/** Whether what comes of a run is not counted. */
function isLarge({ nodes }: RunOrigin): boolean {
  return nodes.length >= LARGE_RUN;
}

/** Which results hold of a flow with what a run is given: as of the flow as it stands, except behind that. */
export class GivenFreshness extends Freshness {
  readonly #base: FlowFreshness;
  readonly #cone: Cone;
  readonly #state = new Map<number, number>();
  /** Nodes behind what is given of which an execution was looked for. */
  readonly looked: number[] = [];
  /** Whether one was found. */
  hasFound = false;

  constructor(base: FlowFreshness, keys: KeyTable, cone: Cone) {
    super(base.store, keys);
    this.#base = base;
    this.#cone = cone;
  }

  override execution(node: number): Execution | undefined {
    if (!this.#cone.has(node)) return this.#base.execution(node);
    const found = super.execution(node);
    this.looked.push(node);
    if (found) this.hasFound = true;
    return found;
  }

  protected override stateOf(node: number): number {
    if (this.#cone.has(node)) return this.#state.get(node) ?? UNKNOWN;
    return this.#base.holds(node) ? HOLDS : OUTDATED;
  }

  protected override setState(node: number, state: number): void {
    this.#state.set(node, state);
  }
}

const ofStores = new WeakMap<ResultStore, WeakMap<CompiledFlow, FlowFreshness>>();

/** Which results of a flow hold now. */
export function freshnessOf(store: ResultStore, flow: CompiledFlow): FlowFreshness {
  let ofFlows = ofStores.get(store);
  if (!ofFlows) {
    ofFlows = new WeakMap();
    ofStores.set(store, ofFlows);
  }
  let freshness = ofFlows.get(flow);
  if (!freshness) {
    freshness = new FlowFreshness(store, flow);
    ofFlows.set(flow, freshness);
  }
  freshness.update();
  return freshness;
}

/** The same with what a run is given. */
export function freshnessWith(base: FlowFreshness, keys: KeyTable): Freshness {
  return keys.given === NOTHING_GIVEN || !keys.cone ? base : new GivenFreshness(base, keys, keys.cone);
}
