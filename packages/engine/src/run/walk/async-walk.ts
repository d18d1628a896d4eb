import { CallContext, type ContextHost } from '../../call/context.js';
import type { Said } from '../../call/said.js';
import { isThenable } from '../../call/thenable.js';
import type { DirectCode } from '../../executor.js';
import type { CompiledFlow } from '../../flow/compiled-flow.js';
import { NOTHING } from '../../plan/place-marks.js';
import { skip } from '../../skip.js';
import { takeResult } from '../calls/take-result.js';
import type { BegunCall, WalkGround, WalkHost } from './walk.js';
import { linksOf, type WalkLinks } from './walk-links.js';

/** Who lets an asynchronous walk go. */
export interface AsyncWalkHost extends WalkHost {
  /** All nodes have ended. */
  onWalked(): void;
  /** A call needs more than a walk can do. */
  onCall(call: BegunCall): void;
}

/** An asynchronous call that has not settled. One after another uses the same: nothing is made for each call. */
interface Slot {
  /** -1 while it is free. */
  position: number;
  context: CallContext<unknown> | undefined;
  promise: Promise<unknown> | undefined;
  readonly onValue: (value: unknown) => void;
  readonly onError: (thrown: unknown) => void;
}

/**
 * Goes on with a walk when functions give promises: nodes are called as soon as what they need is there, side by side as far
 * as there are places. Otherwise it is what a walk is, and it ends in the same cases.
 */
export class AsyncWalk implements ContextHost<number> {
  isGoing = false;
  isStopped = false;
  /** The position of the node that is being called. */
  at = -1;
  readonly #ground: WalkGround;
  readonly #host: AsyncWalkHost;
  readonly #links: WalkLinks;
  /** By position: wires that have brought nothing yet. */
  readonly #waiting: Int32Array;
  /** Positions that wait for nothing, in the order in which they came to that. */
  readonly #queue: Int32Array;
  #head = 0;
  #tail = 0;
  #left = 0;
  #isPaused = false;
  readonly #slots: Slot[] = [];
  readonly #free: Slot[] = [];

  constructor(ground: WalkGround, host: AsyncWalkHost, flow: CompiledFlow) {
    this.#ground = ground;
    this.#host = host;
    const { layout } = ground.recipes;
    this.#links = linksOf(flow, layout);
    const { spare } = this.#links;
    this.#links.spare = undefined;
    this.#waiting = spare?.waiting ?? new Int32Array(layout.nodes.length);
    this.#queue = spare?.queue ?? new Int32Array(layout.nodes.length);
  }

  /** Takes over from a walk whose last call gave a promise. */
  begin({ position, context, outcome }: BegunCall): void {
    const { values, start: from, end, recipes } = this.#ground;
    const { start } = recipes.layout;
    this.#waiting.set(this.#links.waits);
    this.#left = 0;
    for (let i = from; i < end; i++) {
      if (values[start[i] as number] !== NOTHING)
        this.#release(i); // typed arrays of fixed length, here and below
      else this.#left++;
    }
    // What that put into the queue may be done already.
    this.#tail = 0;
    for (let i = from; i < end; i++) {
      const isDue = this.#waiting[i] === 0 && values[start[i] as number] === NOTHING;
      if (isDue && i !== position) this.#queue[this.#tail++] = i;
    }
    if ('result' in outcome) this.#follow(position, context, outcome.result as PromiseLike<unknown>);
    this.#work();
  }

  /** The calls that have not settled; somebody else goes on with them. */
  handOver(): BegunCall[] {
    const { recipes } = this.#ground;
    const calls: BegunCall[] = [];
    for (const { position, context, promise } of this.#slots) {
      if (position < 0 || !context) continue;
      this.#host.direct.places.leave();
      const node = recipes.layout.nodes[position] as number;
      calls.push({ position, node, code: this.#codeOf(position), context, outcome: { result: promise } });
    }
    return calls;
  }

  said(call: number, said: Said): void {
    if (this.#isAtWork(call)) this.#host.said(call, said);
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#host.direct.readFile(path);
  }

  /** Calls everything that waits for nothing. */
  #work(): void {
    const { direct } = this.#host;
    const { places } = direct;
    while (this.#head < this.#tail) {
      if (this.#isPaused) return;
      if (!places.hasFree) {
        this.#pause((go) => places.whenFree(go));
        return;
      }
      if (direct.grant() === 0) {
        this.#pause((go) => direct.afterTurn(go));
        return;
      }
      direct.spend(1);
      const position = this.#queue[this.#head++] as number;
      const call = this.#call(position);
      if (call) {
        this.#host.onCall(call);
        return;
      }
    }
    if (this.#left === 0) this.#finish();
  }

  /** Calls a node. Gives the call when somebody else has to go on with it. */
  #call(position: number): BegunCall | undefined {
    const { recipes, values } = this.#ground;
    const { run } = this.#codeOf(position);
    const context = new CallContext<number>(position, this);
    this.at = position;
    this.isGoing = true;
    try {
      const result = run(recipes.inputsOf(position, values) ?? this.#host.inputsOf(position), context);
      if (this.isStopped) return this.#begun(position, context, { result });
      if (isThenable(result)) {
        this.#follow(position, context, result);
        return undefined;
      }
      if (!this.#take(position, result)) return this.#begun(position, context, { result });
      this.#left--;
      this.#release(position);
      return undefined;
    } catch (thrown) {
      return this.#begun(position, context, { thrown });
    } finally {
      this.isGoing = false;
    }
  }

  #follow(position: number, context: CallContext<unknown>, result: PromiseLike<unknown>): void {
    this.#host.direct.places.take();
    const slot = this.#free.pop() ?? this.#newSlot();
    slot.position = position;
    slot.context = context;
    slot.promise = Promise.resolve(result);
    slot.promise.then(slot.onValue, slot.onError);
  }

  #newSlot(): Slot {
    const slot: Slot = {
      position: -1,
      context: undefined,
      promise: undefined,
      onValue: (value) => {
        if (this.isStopped) return;
        const { position, context } = slot;
        this.#leave(slot);
        let call: BegunCall | undefined;
        try {
          if (!this.#take(position, value)) call = this.#begun(position, context, { result: value });
        } catch (thrown) {
          call = this.#begun(position, context, { thrown });
        }
        if (call) {
          this.#host.onCall(call);
          return;
        }
        this.#left--;
        this.#release(position);
        this.#work();
      },
      onError: (thrown) => {
        if (this.isStopped) return;
        const { position, context } = slot;
        this.#leave(slot);
        this.#host.onCall(this.#begun(position, context, { thrown }));
      },
    };
    this.#slots.push(slot);
    return slot;
  }

  #leave(slot: Slot): void {
    slot.position = -1;
    slot.context = undefined;
    slot.promise = undefined;
    this.#free.push(slot);
    this.#host.direct.places.leave();
  }

  /** Writes down what a node gave, if it is all there. */
  #take(position: number, result: unknown): boolean {
    const { recipes, values } = this.#ground;
    const { start } = recipes.layout;
    const place = start[position] as number;
    const code = this.#codeOf(position);
    const port = code.plainPorts?.length === 1 ? code.plainPorts[0] : undefined;
    if (port !== undefined && typeof result === 'object' && result !== null) {
      const value = (result as Record<string, unknown>)[port];
      if (value !== undefined && value !== skip && !this.isStopped) {
        values[place] = value;
        return true;
      }
    }
    return takeResult(code, result, values, [place, start[position + 1] as number], () => this.isStopped);
  }

  /** A node has given its values: what waited for the last of these can be called. */
  #release(position: number): void {
    const { targetStart, targets } = this.#links;
    const { end } = this.#ground;
    const last = targetStart[position + 1] as number;
    for (let k = targetStart[position] as number; k < last; k++) {
      const target = targets[k] as number;
      const left = (this.#waiting[target] as number) - 1;
      this.#waiting[target] = left;
      if (left === 0 && target < end) this.#queue[this.#tail++] = target;
    }
  }

  #pause(until: (go: () => void) => void): void {
    this.#isPaused = true;
    until(() => {
      this.#isPaused = false;
      if (!this.isStopped) this.#work();
    });
  }

  #finish(): void {
    this.isStopped = true;
    this.#links.spare = { waiting: this.#waiting, queue: this.#queue };
    this.#host.onWalked();
  }

  #codeOf(position: number): DirectCode {
    return this.#ground.codes[this.#ground.recipes.recipeOf[position] as number] as DirectCode; // what is walked has one
  }

  #begun(position: number, context: CallContext<unknown> | undefined, outcome: BegunCall['outcome']): BegunCall {
    const node = this.#ground.recipes.layout.nodes[position] as number;
    const own = context ?? new CallContext<unknown>(position, this as ContextHost<unknown>);
    return { position, node, code: this.#codeOf(position), context: own, outcome };
  }

  /** What is said after the end of a node is dropped here, or by who goes on with the call. */
  #isAtWork(position: number): boolean {
    const { recipes, values } = this.#ground;
    return values[recipes.layout.start[position] as number] === NOTHING;
  }
}
