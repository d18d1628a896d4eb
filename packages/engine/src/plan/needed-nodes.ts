import { type AloneDecisions, aloneIn } from './alone.js';
import { CHANGED, type Decision, NEEDED, TARGET } from './decision.js';
import { isFed } from './feeds.js';
import type { Freshness } from './freshness.js';
import type { Given } from './given.js';
import { positionsIn } from './plan-shape.js';
import { reusable } from './reusable.js';
import type { KeptResult } from './run-record.js';

/**
 * Decides about targets and what they need, from the targets upwards, as far as results do not hold. Costs what it looks
 * at.
 */
export class NeededNodes {
  readonly decisions = new Map<number, Decision>();
  readonly reused: KeptResult[] = [];
  readonly #fresh: Freshness;
  readonly #given: Given;
  readonly #alone: AloneDecisions;
  /** Nodes that run and are not pure, and what depends on them has not been looked for. */
  #runners: number[] = [];
  /** What depends on nodes that run. */
  readonly #behind = new Set<number>();
  /** The last place in the order of something that is reused. */
  #lastReused = -1;

  constructor(fresh: Freshness, given: Given) {
    this.#fresh = fresh;
    this.#given = given;
    this.#alone = aloneIn(fresh.flow);
  }

  /**
   * @param exactly - Whether results are used as they hold now, although something behind which they are runs anew.
   */
  decide(targets: Iterable<number>, exactly: boolean): void {
    const todo: number[] = [];
    for (const node of targets) {
      const decision = this.#alone.decide(node, this.#given, TARGET);
      this.decisions.set(node, decision);
      todo.push(node);
      if (decision === TARGET && !this.#fresh.keys.isPure(node)) this.#runners.push(node);
    }
    this.#expand(todo);
    if (!exactly) while (this.#runners.length > 0 && this.#lastReused >= 0) this.#follow();
  }

  /** Decides about what the nodes need. */
  #expand(todo: number[]): void {
    const { flow } = this.#fresh;
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const decision = this.decisions.get(node) as Decision; // decided before it is put here
      if (decision.action === 'bypass') {
        for (const route of decision.routes) if (route.kind === 'edge') this.#need(route.edge, todo);
        continue;
      }
      const waits = decision.action === 'run' || (decision.action === 'blocked' && flow.cyclic[node] === 0);
      if (!waits) continue;
      const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
      for (let k = flow.inStart[node] as number; k < end; k++) this.#need(flow.inEdges[k] as number, todo);
    }
  }

  #need(edge: number, todo: number[]): void {
    const fresh = this.#fresh;
    const node = fresh.flow.edgeSource[edge] as number;
    if (this.decisions.has(node)) return;
    const alone = this.#alone.decide(node, this.#given, NEEDED);
    if (alone !== NEEDED) {
      this.decisions.set(node, alone);
      todo.push(node);
      return;
    }
    const result = this.#behind.has(node) ? undefined : reusable(fresh, node);
    if (result) {
      this.decisions.set(node, { action: 'reuse', reason: 'unchanged', result });
      this.reused.push(result);
      const place = positionsIn(fresh.flow)[node] as number;
      if (place > this.#lastReused) this.#lastReused = place;
      return;
    }
    this.#run(node, todo);
  }

  #run(node: number, todo: number[]): void {
    const fresh = this.#fresh;
    this.decisions.set(node, fresh.store.newest(fresh.flow, node) ? CHANGED : NEEDED);
    todo.push(node);
    if (fresh.keys.isPure(node)) return;
    // What was skipped will be skipped again, unless something that it depends on runs.
    const isSkipped = !this.#behind.has(node) && fresh.holds(node) && fresh.execution(node)?.outcome === 'skipped';
    if (!isSkipped) this.#runners.push(node);
  }

  /** What depends on something that runs, and is not pure, cannot be reused. */
  #follow(): void {
    const fresh = this.#fresh;
    const { flow, traits } = fresh;
    const places = positionsIn(flow);
    const todo = this.#runners;
    this.#runners = [];
    const outdated: number[] = [];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const end = flow.outStart[node + 1] as number;
      for (let k = flow.outStart[node] as number; k < end; k++) {
        const edge = flow.outEdges[k] as number;
        const target = flow.edgeTarget[edge] as number;
        if ((places[target] as number) > this.#lastReused || this.#behind.has(target)) continue;
        if (!isFed(flow, traits, edge)) continue;
        this.#behind.add(target);
        todo.push(target);
        if (this.decisions.get(target)?.action === 'reuse') outdated.push(target);
      }
    }
    const expanding: number[] = [];
    for (const node of outdated) this.#run(node, expanding);
    this.#expand(expanding);
  }
}
