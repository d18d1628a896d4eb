import { LoomError, type PortId } from '@loom/graph';
import { CallContext, type ContextHost } from '../call/context.js';
import type { Metric } from '../call/metric.js';
import { isThenable } from '../call/thenable.js';
import type { DirectCode, DirectExecution } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { RunPlan } from '../plan/plan.js';
import { skip } from '../skip.js';
import { DirectInputs } from './direct-inputs.js';
import type { Frame } from './frame.js';
import { loggedBy, metricOf, progressOf, type Said } from './said.js';
import { Phase } from './tokens.js';
import type { BegunCall } from './walk.js';

/** What direct calls tell their run. */
export interface CallListener {
  /** Whether times are wanted. */
  readonly isHeard: boolean;
  onCallStarted(frame: Frame, node: number): void;
  onCallSaid(frame: Frame, node: number, said: Said): void;
  /** Does something, and then what follows from it. */
  turn(act?: () => void): void;
  /** Does something of which no more follows now. */
  guard(act: () => void): void;
}

export interface DirectCallsOptions {
  readonly direct: DirectExecution;
  readonly executor: string;
}

/** An asynchronous call that has not settled. */
interface Running {
  readonly frame: Frame;
  readonly node: number;
  readonly context: CallContext<unknown>;
}

/** How a context names its call. */
type Call = { readonly frame: Frame; readonly node: number };

/** What calls of the nodes of one plan have in common. */
interface Prepared {
  readonly inputs: DirectInputs;
  /** By type, as far as there is code to call. */
  readonly codes: (DirectCode | undefined)[];
}

/**
 * The direct calls of one executor in one run. Synchronous functions run in a loop with nothing between them;
 * asynchronous ones run side by side, as far as there are places.
 */
export class DirectCalls implements ContextHost<Call> {
  readonly #options: DirectCallsOptions;
  readonly #listener: CallListener;
  readonly #sendInstead: (frame: Frame, node: number) => void;
  readonly #prepared = new Map<RunPlan, Prepared>();
  /** Asynchronous calls that have not settled, by frame. */
  readonly #running = new Map<Frame, Map<number, Running>>();
  /** Frames and nodes that wait, side by side: nothing is made for each call. */
  #frames: Frame[] = [];
  #nodes: number[] = [];
  #position = 0;
  #lastPlan: RunPlan | undefined;
  #last: Prepared | undefined;
  #isPaused = false;
  #isTurnDue = false;
  #stopListening: (() => void) | undefined;

  /** `sendInstead` takes nodes that need what is not at hand: they go by batch. */
  constructor(options: DirectCallsOptions, listener: CallListener, sendInstead: (frame: Frame, node: number) => void) {
    this.#options = options;
    this.#listener = listener;
    this.#sendInstead = sendInstead;
  }

  /** Takes a node whose inputs are there. */
  add(frame: Frame, node: number): void {
    this.#frames.push(frame);
    this.#nodes.push(node);
  }

  /** Gives everything that waits to somebody else, because nothing will be called. */
  moveAll(take: (frame: Frame, node: number) => void): void {
    const { frames, nodes, position } = { frames: this.#frames, nodes: this.#nodes, position: this.#position };
    this.#empty();
    for (let i = position; i < nodes.length; i++) take(frames[i] as Frame, nodes[i] as number); // within the bounds
  }

  /** Calls what can be called now. */
  work(): void {
    const { direct } = this.#options;
    const { places } = direct;
    if (this.#isPaused || this.#position === this.#nodes.length) return;
    while (this.#position < this.#nodes.length) {
      const node = this.#nodes[this.#position] as number; // within the bounds of the loop, here and below
      const frame = this.#frames[this.#position] as Frame;
      if (frame.tokens.phase[node] !== Phase.ready) {
        this.#position++;
        continue;
      }
      if (direct.grant() === 0) {
        this.#pause((go) => direct.afterTurn(go));
        return;
      }
      if (!places.hasFree) {
        this.#pause((go) => places.whenFree(go));
        return;
      }
      direct.spend(1);
      this.#position++;
      this.#call(frame, node);
    }
    this.#empty();
  }

  /** Goes on with a call that somebody else has begun; its node is running. */
  goOn(frame: Frame, node: number, { code, context, outcome }: BegunCall): void {
    if ('thrown' in outcome) frame.fail(node, code.faultOf(outcome.thrown), 0);
    else this.#take(frame, node, code, context, 0, outcome.result);
  }

  /** Tells asynchronous calls to stop, and ends their nodes. What they still give is nobody's. */
  cancel(reason: LoomError): void {
    for (const frame of [...this.#running.keys()]) this.cancelFrame(frame, reason);
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  /** Likewise, for the calls of one frame. */
  cancelFrame(frame: Frame, reason: LoomError): void {
    for (const node of [...(this.#running.get(frame)?.keys() ?? [])]) {
      this.#stop(frame, node, reason);
      if (frame.tokens.phase[node] === Phase.running) frame.endings.cancelled(node);
    }
  }

  /** Tells one call to stop; its node is ended by somebody else. False when there is no such call. */
  cancelCall(frame: Frame, node: number, reason: LoomError): boolean {
    return this.#stop(frame, node, reason);
  }

  /** The context of a call that goes on. */
  contextOf(frame: Frame, node: number): CallContext<unknown> | undefined {
    return this.#running.get(frame)?.get(node)?.context;
  }

  logged({ frame, node }: Call, text: string): void {
    this.#listener.onCallSaid(frame, node, loggedBy(text));
  }

  progressed({ frame, node }: Call, fraction: number, message: string | undefined): void {
    this.#listener.onCallSaid(frame, node, progressOf(fraction, message));
  }

  measured({ frame, node }: Call, metric: Metric): void {
    this.#listener.onCallSaid(frame, node, metricOf(metric));
  }

  track(): void {
    // The context of a call is kept while it runs.
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#options.direct.readFile(path);
  }

  #empty(): void {
    this.#frames = [];
    this.#nodes = [];
    this.#position = 0;
  }

  /** Calls that settle one right after the other share a turn. */
  #turnSoon(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    queueMicrotask(() => {
      this.#isTurnDue = false;
      this.#listener.turn();
    });
  }

  #pause(until: (go: () => void) => void): void {
    this.#isPaused = true;
    until(() => {
      this.#isPaused = false;
      this.#listener.turn();
    });
  }

  #call(frame: Frame, node: number): void {
    const listener = this.#listener;
    const prepared = frame.plan === this.#lastPlan ? this.#last : this.#prepare(frame.plan);
    const code = prepared && this.#codeOf(prepared, frame, node);
    const inputs = code && prepared && this.#inputsOf(prepared, frame, node);
    if (!code || !inputs) {
      this.#sendInstead(frame, node);
      return;
    }
    frame.tokens.phase[node] = Phase.running;
    const start = listener.isHeard ? performance.now() : 0;
    listener.onCallStarted(frame, node);
    const context = new CallContext<Call>({ frame, node }, this);
    let result: unknown;
    try {
      result = code.run(inputs, context);
    } catch (thrown) {
      frame.fail(node, code.faultOf(thrown), durationSince(start));
      return;
    }
    this.#take(frame, node, code, context, start, result);
  }

  #take(
    frame: Frame,
    node: number,
    code: DirectCode,
    context: CallContext<unknown>,
    start: number,
    result: unknown,
  ): void {
    if (isThenable(result)) this.#follow(frame, node, code, context, result);
    else this.#finish(frame, node, code, start, result);
  }

  #follow(
    frame: Frame,
    node: number,
    code: DirectCode,
    context: CallContext<unknown>,
    result: PromiseLike<unknown>,
  ): void {
    const { direct } = this.#options;
    const start = performance.now();
    direct.places.take();
    const running: Running = { frame, node, context };
    const ofFrame = this.#running.get(frame) ?? new Map<number, Running>();
    this.#running.set(frame, ofFrame.set(node, running));
    this.#stopListening ??= direct.onDispose(() => {
      const reason = new LoomError('executor/disposed', 'The executor was disposed of.');
      this.#listener.turn(() => this.cancel(reason));
    });
    const settle = (end: () => void): void => {
      // A cancelled call has left its place already.
      if (this.#running.get(frame)?.get(node) !== running) return;
      this.#leave(frame, node);
      this.#listener.guard(end);
      this.#turnSoon();
    };
    Promise.resolve(result).then(
      (value) => settle(() => this.#finish(frame, node, code, start, value)),
      (thrown) => settle(() => frame.fail(node, code.faultOf(thrown), durationSince(start))),
    );
  }

  #stop(frame: Frame, node: number, reason: LoomError): boolean {
    const running = this.#running.get(frame)?.get(node);
    if (!running) return false;
    // What never settles must not keep a place for ever.
    this.#leave(frame, node);
    running.context.abort?.abort(reason);
    return true;
  }

  #leave(frame: Frame, node: number): void {
    const ofFrame = this.#running.get(frame);
    ofFrame?.delete(node);
    if (ofFrame?.size === 0) this.#running.delete(frame);
    this.#options.direct.places.leave();
  }

  #finish(frame: Frame, node: number, code: DirectCode, start: number, result: unknown): void {
    let fault: NodeError | undefined;
    let first: unknown;
    let rest: unknown[] | undefined;
    try {
      fault = code.wrongResult(result);
      if (!fault) {
        const count = frame.flow.types[node]?.outputs.length ?? 0;
        if (count > 0) first = code.outputOf(result, 0);
        if (count > 1) rest = Array.from({ length: count - 1 }, (_, i) => code.outputOf(result, i + 1));
      }
    } catch (thrown) {
      // A result may well have getters.
      fault = code.faultOf(thrown);
    }
    if (fault) {
      frame.fail(node, fault, durationSince(start));
      return;
    }
    frame.book.called(node, this.#options.direct, first, rest);
    if (first !== skip && !rest?.includes(skip)) frame.endings.called(node, durationSince(start));
    else {
      const hasValue = (place: number): boolean => (place === 0 ? first : rest?.[place - 1]) !== skip;
      frame.endings.calledPartly(node, durationSince(start), hasValue);
    }
  }

  #prepare(plan: RunPlan): Prepared {
    let prepared = this.#prepared.get(plan);
    if (!prepared) {
      prepared = { inputs: new DirectInputs(plan), codes: [] };
      this.#prepared.set(plan, prepared);
    }
    this.#lastPlan = plan;
    this.#last = prepared;
    return prepared;
  }

  #codeOf({ codes }: Prepared, { flow }: Frame, node: number): DirectCode | undefined {
    const type = flow.typeOf[node] as number; // every index has one
    const known = codes[type];
    if (known !== undefined) return known;
    const used = flow.usedTypes[type];
    const code = used && this.#options.direct.find(used);
    // Code that a batch has defined meanwhile is found then.
    if (code) codes[type] = code;
    return code;
  }

  /** Undefined when a value is elsewhere, or lost: batches know how to get it. */
  #inputsOf({ inputs }: Prepared, frame: Frame, node: number): Record<string, unknown> | undefined {
    const { book, tokens, flow } = frame;
    try {
      return inputs.of(node, book.record, tokens, (edge) => {
        const own = frame.edgeValues.get(edge);
        if (own && !own.summary) return own.value;
        const ref = (
          own?.summary ?? book.outputsOf(flow.edgeSource[edge] as number)?.[flow.edgeSourcePort[edge] as PortId]
        )?.ref; // an edge of the flow
        if (ref?.executor !== this.#options.executor) throw NOT_HERE;
        return this.#options.direct.valueOf(ref);
      });
    } catch {
      return undefined;
    }
  }
}

/** One for all: nobody sees it. */
const NOT_HERE = new Error('The value is held by another executor.');

function durationSince(start: number): number {
  return start === 0 ? 0 : performance.now() - start;
}
