import { LoomError, type PortId } from '@loom/graph';
import { CallContext, type ContextHost } from '../call/context.js';
import type { DirectCode, DirectExecution, TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { RunPlan } from '../plan/plan.js';
import { DirectInputs } from './direct-inputs.js';
import type { NodeBook } from './node-book.js';
import { Phase, type Tokens } from './tokens.js';

/** What direct calls tell their run. */
export interface CallListener {
  /** Whether times are wanted. */
  readonly isHeard: boolean;
  onCallStarted(node: number): void;
  onCallSucceeded(node: number, durationMs: number): void;
  onCallFailed(node: number, error: NodeError, durationMs: number): void;
  onCallCancelled(node: number): void;
  onCallSaid(node: number, event: Extract<TaskEvent, { kind: 'output' | 'progress' }>): void;
  onTurn(): void;
}

export interface DirectCallsOptions {
  readonly plan: RunPlan;
  readonly tokens: Tokens;
  readonly book: NodeBook;
  readonly direct: DirectExecution;
  readonly executor: string;
}

/** Calls at most between two looks at the clock, while they are quick. */
const MAX_STRIDE = 16;

/** Calls are quick when so many milliseconds are enough for all between two looks. */
const QUICK_MS = 0.25;

/**
 * The direct calls of one executor in one run. Synchronous functions run in a loop with nothing between them;
 * asynchronous ones run side by side, as far as there are places.
 */
export class DirectCalls implements ContextHost<number> {
  readonly #options: DirectCallsOptions;
  readonly #listener: CallListener;
  readonly #sendInstead: (node: number) => void;
  readonly #inputs: DirectInputs;
  /** By type, as far as there is code to call. */
  readonly #codes: (DirectCode | undefined)[] = [];
  /** Asynchronous calls that have not settled. */
  readonly #running = new Map<number, CallContext<number>>();
  #queue: number[] = [];
  #position = 0;
  #isPaused = false;
  #isTurnDue = false;
  #stride = 1;
  #lastLook = 0;
  #untilLook = 0;
  #stopListening: (() => void) | undefined;

  /** `sendInstead` takes nodes that need what is not at hand: they go by batch. */
  constructor(options: DirectCallsOptions, listener: CallListener, sendInstead: (node: number) => void) {
    this.#options = options;
    this.#listener = listener;
    this.#sendInstead = sendInstead;
    const { plan, direct, executor, book } = options;
    const { flow, overrides } = plan;
    this.#inputs = new DirectInputs(flow, overrides, (edge) => {
      const { edgeSource, edgeSourcePort } = flow;
      const ref = book.outputsOf(edgeSource[edge] as number)?.[edgeSourcePort[edge] as PortId]?.ref; // an edge of the flow
      if (ref?.executor !== executor) throw NOT_HERE;
      return direct.valueOf(ref);
    });
  }

  /** Takes a node whose inputs are there. */
  add(node: number): void {
    this.#queue.push(node);
  }

  /** Gives back everything that waits, because nothing will be called. */
  takeAll(): readonly number[] {
    const waiting = this.#queue.slice(this.#position);
    this.#queue = [];
    this.#position = 0;
    return waiting;
  }

  /** Calls what can be called now. */
  work(): void {
    const { tokens, direct } = this.#options;
    const { places } = direct;
    if (this.#isPaused || this.#position === this.#queue.length) return;
    while (this.#position < this.#queue.length) {
      const node = this.#queue[this.#position] as number; // within the bounds of the loop
      if (tokens.phase[node] !== Phase.ready) {
        this.#position++;
        continue;
      }
      if (this.#untilLook === 0 && !this.#look()) {
        this.#pause((go) => direct.afterTurn(go));
        return;
      }
      if (!places.hasFree) {
        this.#pause((go) => places.whenFree(go));
        return;
      }
      this.#untilLook--;
      this.#position++;
      this.#call(node);
    }
    this.#queue = [];
    this.#position = 0;
  }

  /** Looks at the clock; false when it is the page's turn. */
  #look(): boolean {
    const now = performance.now();
    if (now > this.#options.direct.sliceEnd()) return false;
    this.#stride = now - this.#lastLook < QUICK_MS ? Math.min(2 * this.#stride, MAX_STRIDE) : 1;
    this.#lastLook = now;
    this.#untilLook = this.#stride;
    return true;
  }

  /** Tells asynchronous calls to stop, and ends their nodes. What they still give is nobody's. */
  cancel(reason: LoomError): void {
    const calls = [...this.#running];
    this.#running.clear();
    this.#stopListening?.();
    this.#stopListening = undefined;
    for (const [node, { abort }] of calls) {
      // What never settles must not keep a place for ever.
      this.#options.direct.places.leave();
      this.#listener.onCallCancelled(node);
      abort?.abort(reason);
    }
  }

  logged(node: number, text: string): void {
    this.#listener.onCallSaid(node, { kind: 'output', task: '', stream: 'log', text });
  }

  progressed(node: number, fraction: number, message: string | undefined): void {
    const event = { kind: 'progress', task: '', fraction } as const;
    this.#listener.onCallSaid(node, message === undefined ? event : { ...event, message });
  }

  track(): void {
    // The context of a call is kept while it runs.
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#options.direct.readFile(path);
  }

  /** Calls that settle one right after the other share a turn. */
  #turnSoon(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    queueMicrotask(() => {
      this.#isTurnDue = false;
      this.#listener.onTurn();
    });
  }

  #pause(until: (go: () => void) => void): void {
    this.#isPaused = true;
    until(() => {
      this.#isPaused = false;
      this.#listener.onTurn();
    });
  }

  #call(node: number): void {
    const { plan, tokens } = this.#options;
    const listener = this.#listener;
    const code = this.#codeOf(plan.flow.typeOf[node] as number);
    const inputs = code && this.#inputsOf(node);
    if (!code || !inputs) {
      this.#sendInstead(node);
      return;
    }
    tokens.phase[node] = Phase.running;
    const start = listener.isHeard ? performance.now() : 0;
    listener.onCallStarted(node);
    const context = new CallContext(node, this);
    let result: unknown;
    try {
      result = code.run(inputs, context);
    } catch (thrown) {
      this.#fail(node, code.faultOf(thrown), start);
      return;
    }
    if (isThenable(result)) this.#follow(node, code, context, result);
    else this.#finish(node, code, start, result);
  }

  #follow(node: number, code: DirectCode, context: CallContext<number>, result: PromiseLike<unknown>): void {
    const { direct } = this.#options;
    const start = performance.now();
    direct.places.take();
    this.#running.set(node, context);
    this.#stopListening ??= direct.onDispose(() => {
      this.cancel(new LoomError('executor/disposed', 'The executor was disposed of.'));
      this.#listener.onTurn();
    });
    const settle = (end: () => void): void => {
      // A cancelled call has left its place already.
      if (this.#running.get(node) !== context) return;
      this.#running.delete(node);
      direct.places.leave();
      end();
      this.#turnSoon();
    };
    Promise.resolve(result).then(
      (value) => settle(() => this.#finish(node, code, start, value)),
      (thrown) => settle(() => this.#fail(node, code.faultOf(thrown), start)),
    );
  }

  #finish(node: number, code: DirectCode, start: number, result: unknown): void {
    const { book, direct, plan } = this.#options;
    let fault: NodeError | undefined;
    let first: unknown;
    let rest: unknown[] | undefined;
    try {
      fault = code.wrongResult(result);
      if (!fault) {
        const count = plan.flow.types[node]?.outputs.length ?? 0;
        if (count > 0) first = code.outputOf(result, 0);
        if (count > 1) rest = Array.from({ length: count - 1 }, (_, i) => code.outputOf(result, i + 1));
      }
    } catch (thrown) {
      // A result may well have getters.
      fault = code.faultOf(thrown);
    }
    if (fault) {
      this.#fail(node, fault, start);
      return;
    }
    book.called(node, direct, first, rest);
    this.#listener.onCallSucceeded(node, this.#durationSince(start));
  }

  #fail(node: number, error: NodeError, start: number): void {
    this.#listener.onCallFailed(node, error, this.#durationSince(start));
  }

  #durationSince(start: number): number {
    return start === 0 ? 0 : performance.now() - start;
  }

  #codeOf(type: number): DirectCode | undefined {
    const { direct, plan } = this.#options;
    const known = this.#codes[type];
    if (known !== undefined) return known;
    const used = plan.flow.usedTypes[type];
    const code = used && direct.find(used);
    // Code that a batch has defined meanwhile is found then.
    if (code) this.#codes[type] = code;
    return code;
  }

  /** Undefined when a value is elsewhere, or lost: batches know how to get it. */
  #inputsOf(node: number): Record<string, unknown> | undefined {
    try {
      return this.#inputs.of(node, this.#options.book.record);
    } catch {
      return undefined;
    }
  }
}

/** One for all: nobody sees it. */
const NOT_HERE = new Error('The value is held by another executor.');

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
