import { CallContext, type ContextHost } from '../call/context.js';
import type { Metric } from '../call/metric.js';
import { isThenable } from '../call/thenable.js';
import type { DirectCode, DirectExecution } from '../executor.js';
import { NOTHING } from '../plan/run-record.js';
import { skip } from '../skip.js';
import type { CallRecipes, Recipe } from './call-recipes.js';
import { loggedBy, metricOf, progressOf, type Said } from './said.js';

/** Why a walk goes no further: it is at its end, it is the page's turn, or the last call needs more than it can do. */
export type WalkEnd = 'end' | 'turn' | 'call';

/** A call that a walk has made and that somebody else has to go on with. */
export interface BegunCall {
  readonly node: number;
  readonly code: DirectCode;
  readonly context: CallContext<unknown>;
  /** What it gave, perhaps a promise; or what it threw. */
  readonly outcome: { readonly result: unknown } | { readonly thrown: unknown };
}

/** What a walk needs of who lets it go. */
export interface WalkHost {
  readonly direct: DirectExecution;
  /** Puts the inputs of a node together that has no recipe, where all its wires bring values. */
  inputsOf(position: number): Record<string, unknown>;
  said(position: number, event: Said): void;
}

/**
 * Calls the nodes of a plan one after the other, as they stand in the order, and writes down what they give and nothing else. That
 * is all there is to do as long as each gives its values at once and nobody looks: every join fires, and what has begun has ended
 * before anybody could see it. As soon as something else comes up the walk ends, and whoever goes on learns from it which
 * nodes have ended and which is at work; to all others it is as if the nodes had been decided, called and ended one by one.
 */
export class Walk implements ContextHost<number> {
  /** The position of the node that is called now, or next. */
  at: number;
  /** Whether a node is being called: then somebody who looks is that node, or was called by it. */
  isGoing = false;
  /** Somebody has looked: the call that is being made is the last one. */
  isStopped = false;
  /** The call that ended the walk. */
  begun: BegunCall | undefined;
  readonly #recipes: CallRecipes;
  readonly #values: unknown[];
  readonly #host: WalkHost;
  readonly #codes: readonly DirectCode[];
  readonly #end: number;
  /** Calls are numbered over all passes; this is the number of the one at the first position. */
  #first = 0;

  /** `codes` by recipe; the nodes from `start` up to `end` can all be called. */
  constructor(
    recipes: CallRecipes,
    values: unknown[],
    codes: readonly DirectCode[],
    host: WalkHost,
    [start, end]: readonly [number, number],
  ) {
    this.#recipes = recipes;
    this.#values = values;
    this.#codes = codes;
    this.#host = host;
    this.at = start;
    this.#end = end;
  }

  /** Goes on until something comes up. */
  go(): WalkEnd {
    const { direct } = this.#host;
    this.isGoing = true;
    try {
      while (this.at < this.#end) {
        const granted = direct.grant();
        if (granted === 0) return 'turn';
        const from = this.at;
        const until = Math.min(this.#end, from + granted);
        try {
          if (!this.#callUntil(until)) return 'call';
        } finally {
          direct.spend(Math.min(this.at + 1, until) - from);
        }
      }
      return 'end';
    } finally {
      this.isGoing = false;
    }
  }

  /** Begins again at some position, for another pass over the same nodes. */
  restart(start: number): void {
    this.#first += this.#recipes.layout.nodes.length;
    this.at = start;
  }

  logged(call: number, text: string): void {
    if (this.#isAtWork(call)) this.#host.said(this.at, loggedBy(text));
  }

  progressed(call: number, fraction: number, message: string | undefined): void {
    if (this.#isAtWork(call)) this.#host.said(this.at, progressOf(fraction, message));
  }

  measured(call: number, metric: Metric): void {
    if (this.#isAtWork(call)) this.#host.said(this.at, metricOf(metric));
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#host.direct.readFile(path);
  }

  /** Calls nodes up to a position; false when a call has to be gone on with by somebody else. */
  #callUntil(until: number): boolean {
    const { recipes, recipeOf, feedStart, feeds, layout } = this.#recipes;
    const { start } = layout;
    const values = this.#values;
    const codes = this.#codes;
    for (; this.at < until; this.at++) {
      const { at } = this;
      const place = start[at] as number; // typed arrays of fixed length, here and below
      // It was taken over from an earlier run.
      if (values[place] !== NOTHING) continue;
      const recipe = recipes[recipeOf[at] as number] as Recipe;
      const code = codes[recipeOf[at] as number] as DirectCode;
      const context = new CallContext<number>(this.#first + at, this);
      const { run, plainPorts } = code;
      let result: unknown;
      try {
        const inputs =
          recipe.make !== undefined && recipe.fresh.length === 0
            ? recipe.make(values, feeds, feedStart[at] as number)
            : this.#host.inputsOf(at);
        result = run(inputs, context);
        if (plainPorts !== undefined && plainPorts.length === 1) {
          const port = plainPorts[0] as string;
          const isObject = typeof result === 'object' && result !== null;
          const value = isObject && !isThenable(result) ? (result as Record<string, unknown>)[port] : skip;
          // Somebody may look even while a result is read.
          if (value !== undefined && value !== skip && !this.isStopped) {
            values[place] = value;
            continue;
          }
        }
        if (!this.isStopped && this.#isTaken(code, result, place, start[at + 1] as number)) continue;
        this.begun = { node: layout.nodes[at] as number, code, context, outcome: { result } };
      } catch (thrown) {
        this.begun = { node: layout.nodes[at] as number, code, context, outcome: { thrown } };
      }
      return false;
    }
    return true;
  }

  /** Writes down what a call gave, if it is all there. */
  #isTaken(code: DirectCode, result: unknown, place: number, end: number): boolean {
    if (isThenable(result) || code.wrongResult(result) !== undefined) return false;
    const values = this.#values;
    for (let i = 0; place + i < end; i++) {
      const value = code.outputOf(result, i);
      if (value === skip || this.isStopped) {
        values.fill(NOTHING, place, end);
        return false;
      }
      values[place + i] = value;
    }
    return true;
  }

  /** What is said later is dropped, here or by who goes on with the call. */
  #isAtWork(call: number): boolean {
    return call === this.#first + this.at && (this.isGoing || this.begun !== undefined);
  }
}
