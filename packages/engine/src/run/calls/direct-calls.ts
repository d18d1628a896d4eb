import type { PortId } from '@loom/graph';
import { CallContext, type ContextHost } from '../../call/context.js';
import type { Said } from '../../call/said.js';
import { isThenable } from '../../call/thenable.js';
import type { DirectCode, DirectExecution } from '../../executor.js';
import type { RunPlan } from '../../plan/plan.js';
import type { Frame } from '../frame.js';
import { Phase } from '../tokens.js';
import type { BegunCall } from '../walk/walk.js';
import type { CallListener } from './call-listener.js';
import { DirectInputs } from './direct-inputs.js';
import { durationSince, finishCall } from './finish-call.js';
import { RunningCalls } from './running-calls.js';

export interface DirectCallsOptions {
  readonly direct: DirectExecution;
  readonly executor: string;
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
 * The nodes of one run that one executor calls, in the order in which they became ready. Synchronous functions run in a loop with
 * nothing between them; asynchronous ones run side by side, as far as there are places.
 */
export class DirectCalls implements ContextHost<Call> {
  readonly #options: DirectCallsOptions;
  readonly #listener: CallListener;
  readonly #sendInstead: (frame: Frame, node: number) => void;
  readonly #prepared = new Map<RunPlan, Prepared>();
  /** Those that gave promises. */
  readonly running: RunningCalls;
  /** Frames and nodes that wait, side by side: nothing is made for each call. */
  #frames: Frame[] = [];
  #nodes: number[] = [];
  #position = 0;
  /** What became ready while those waited; its turn comes when they have been called. */
  #later: { readonly frame: Frame; readonly node: number }[] = [];
  #lastPlan: RunPlan | undefined;
  #last: Prepared | undefined;
  #isPaused = false;

  /** `sendInstead` takes nodes that need what is not at hand: they go by batch. */
  constructor(options: DirectCallsOptions, listener: CallListener, sendInstead: (frame: Frame, node: number) => void) {
    this.#options = options;
    this.#listener = listener;
    this.#sendInstead = sendInstead;
    this.running = new RunningCalls(options.direct, listener);
  }

  /** Takes a node whose inputs are there. */
  add(frame: Frame, node: number): void {
    if (this.#position > 0 || this.#later.length > 0) {
      this.#later.push({ frame, node });
      return;
    }
    this.#frames.push(frame);
    this.#nodes.push(node);
  }

  /** Gives everything that waits to somebody else, because nothing will be called. */
  moveAll(take: (frame: Frame, node: number) => void): void {
    const { frames, nodes, position } = { frames: this.#frames, nodes: this.#nodes, position: this.#position };
    const later = this.#later;
    this.#later = [];
    this.#empty();
    for (let i = position; i < nodes.length; i++) take(frames[i] as Frame, nodes[i] as number); // within the bounds
    for (const { frame, node } of later) take(frame, node);
  }

  /** Calls what can be called now. */
  work(): void {
    while (!this.#isPaused) {
      if (this.#nodes.length === 0) this.#takeLater();
      if (this.#nodes.length === 0) return;
      const last = this.#frames.at(-1);
      if (!this.#callAll()) return;
      // What these calls have made ready belongs to what comes next.
      if (last?.isAwake) return;
    }
  }

  /** It came node by node, and begins as if it had become ready together: frame by frame, in the order of the document. */
  #takeLater(): void {
    const byFrame = new Map<Frame, number[]>();
    for (const { frame, node } of this.#later) {
      const nodes = byFrame.get(frame);
      if (nodes) nodes.push(node);
      else byFrame.set(frame, [node]);
    }
    this.#later = [];
    for (const [frame, nodes] of byFrame) {
      for (const node of nodes.sort((a, b) => a - b)) {
        this.#frames.push(frame);
        this.#nodes.push(node);
      }
    }
  }

  /** False when something else has its turn before all have been called. */
  #callAll(): boolean {
    const { direct } = this.#options;
    const { places } = direct;
    while (this.#position < this.#nodes.length) {
      const node = this.#nodes[this.#position] as number; // within the bounds of the loop, here and below
      const frame = this.#frames[this.#position] as Frame;
      if (frame.tokens.phase[node] !== Phase.ready) {
        this.#position++;
        continue;
      }
      if (direct.grant() === 0) {
        this.#pause((go) => direct.afterTurn(go));
        return false;
      }
      if (!places.hasFree) {
        this.#pause((go) => places.whenFree(go));
        return false;
      }
      direct.spend(1);
      this.#position++;
      this.#call(frame, node);
    }
    this.#empty();
    return true;
  }

  /** Goes on with a call that somebody else has begun; its node is running. */
  goOn(frame: Frame, node: number, { code, context, outcome }: BegunCall): void {
    if ('thrown' in outcome) frame.fail(node, code.faultOf(outcome.thrown), 0);
    else this.#take(frame, node, code, context, 0, outcome.result);
  }

  said({ frame, node }: Call, said: Said): void {
    this.#listener.onCallSaid(frame, node, said);
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
    if (isThenable(result)) this.running.follow(frame, node, code, context, result);
    else finishCall(this.#options.direct, frame, node, code, start, result);
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
