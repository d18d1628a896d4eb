import { CallContext, type ContextHost } from '../../call/context.js';
import type { Said } from '../../call/said.js';
import { isThenable } from '../../call/thenable.js';
import type { DirectCode, DirectExecution } from '../../executor.js';
import { NOTHING } from '../../plan/place-marks.js';
import { skip } from '../../skip.js';
import type { CallRecipes, Recipe } from '../calls/call-recipes.js';
import { takeResult } from '../calls/take-result.js';

/** Why a walk goes no further: it is at its end, it is the page's turn, or the last call needs more than it can do. */
export type WalkEnd = 'end' | 'turn' | 'call';

/** A call that a walk has made and that somebody else has to go on with. */
export interface BegunCall {
  /** Of the layout, and the node there. */
  readonly position: number;
  readonly node: number;
  readonly code: DirectCode;
  readonly context: CallContext<unknown>;
  /** What it gave, perhaps a promise; or what it threw. */
  readonly outcome: { readonly result: unknown } | { readonly thrown: unknown };
}

/** Where a walk goes. */
export interface WalkGround {
  readonly recipes: CallRecipes;
  /** What has a value there is passed by. */
  readonly values: unknown[];
  /** By recipe. */
  readonly codes: readonly DirectCode[];
  /** The first position, and the one behind the last: all nodes between are functions that can be called. */
  readonly start: number;
  readonly end: number;
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
  readonly #ground: WalkGround;
  readonly #host: WalkHost;
  /** Calls are numbered over all passes; this is the number of the one at the first position. */
  #first = 0;

  constructor(ground: WalkGround, host: WalkHost) {
    this.#ground = ground;
    this.#host = host;
    this.at = ground.start;
  }

  /** Goes on until something comes up. */
  go(): WalkEnd {
    const { direct } = this.#host;
    const { end } = this.#ground;
    this.isGoing = true;
    try {
      while (this.at < end) {
        const granted = direct.grant();
        if (granted === 0) return 'turn';
        const from = this.at;
        const until = Math.min(end, from + granted);
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

  /** Begins again, for another pass over the same nodes. */
  restart(): void {
    this.#first += this.#ground.end;
    this.at = this.#ground.start;
  }

  said(call: number, said: Said): void {
    if (this.#isAtWork(call)) this.#host.said(this.at, said);
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#host.direct.readFile(path);
  }

  /** Calls nodes up to a position; false when a call has to be gone on with by somebody else. */
  #callUntil(until: number): boolean {
    const { values, codes } = this.#ground;
    const { recipes } = this.#ground;
    const { recipeOf, feedStart, feeds, layout } = recipes;
    const { start } = layout;
    for (; this.at < until; this.at++) {
      const { at } = this;
      const place = start[at] as number; // typed arrays of fixed length, here and below
      // It was taken over from an earlier run.
      if (values[place] !== NOTHING) continue;
      const recipe = recipes.recipes[recipeOf[at] as number] as Recipe;
      const code = codes[recipeOf[at] as number] as DirectCode;
      const context = new CallContext<number>(this.#first + at, this);
      const { run, plainPorts } = code;
      let result: unknown;
      try {
        const inputs =
          recipe.make !== undefined && recipe.fresh.length === 0
            ? recipe.make(values, feeds, feedStart[at] as number)
            : (recipes.inputsOf(at, values) ?? this.#host.inputsOf(at));
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
        const places = [place, start[at + 1] as number] as const;
        if (!this.isStopped && takeResult(code, result, values, places, () => this.isStopped)) continue;
        this.begun = { position: at, node: layout.nodes[at] as number, code, context, outcome: { result } };
      } catch (thrown) {
        this.begun = { position: at, node: layout.nodes[at] as number, code, context, outcome: { thrown } };
      }
      return false;
    }
    return true;
  }

  /** What is said later is dropped, here or by who goes on with the call. */
  #isAtWork(call: number): boolean {
    return call === this.#first + this.at && (this.isGoing || this.begun !== undefined);
  }
}
