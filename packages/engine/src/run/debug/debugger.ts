import type { NodeId } from '@loom/graph';
import type { WaitingNode } from '../../api.js';
import type { RunEvent } from '../../event.js';
import type { Asked } from '../asked.js';
import type { NodeRun } from '../dispatch/batching.js';
import type { Frame } from '../frame.js';
import type { Reporter } from '../reporter.js';
import { Phase } from '../tokens.js';
import { type BreakpointHost, breakpointAnswer } from './breakpoint-answer.js';

type PauseReason = Extract<RunEvent, { kind: 'run-paused' }>['reason'];

/** What a debugger needs of its run. */
export interface DebuggerHost extends BreakpointHost {
  readonly reporter: Reporter;
  /** Takes back what is ready and has not started. */
  recall(take: (frame: Frame, node: number) => void): void;
  turn(act?: () => void): void;
}

/** Breakpoints of the run by node, which win over those of the document. */
export type DebuggerOptions = Asked<'breakpoints' | 'ignoreBreakpoints'>;

/** Holds nodes back before they start: while a run is paused, at breakpoints, and for single steps. */
export class Debugger {
  readonly #host: DebuggerHost;
  readonly #options: DebuggerOptions;
  readonly #waiting: NodeRun<Frame>[] = [];
  /** Nodes that were asked about, or let go: they pass once. */
  readonly #allowed = new Map<Frame, Set<number>>();
  #isPaused: boolean;
  /** Nothing is told before the run is. */
  #hasBegun = false;
  #goal: NodeId | undefined;

  constructor(host: DebuggerHost, options: DebuggerOptions, isPaused: boolean) {
    this.#host = host;
    this.#options = options;
    this.#isPaused = isPaused;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Whether nodes start one by one. */
  get isStepping(): boolean {
    return this.#isPaused || this.#goal !== undefined;
  }

  /** What would start next. */
  get waiting(): readonly WaitingNode[] {
    return this.#open().map(({ frame, node }) => ({
      node: frame.idOf(node),
      ...(frame.path === undefined ? {} : { frame: frame.path }),
    }));
  }

  /** The run has begun: tells when it does so paused. */
  begin(): void {
    this.#hasBegun = true;
    if (this.#isPaused) this.#tellPaused('asked');
  }

  /** True when a node is not to start now; it is started later. */
  holdsBack(frame: Frame, node: number): boolean {
    if (this.#allowed.get(frame)?.delete(node)) return false;
    if (this.#isPaused) {
      this.#hold(frame, node);
      return true;
    }
    const id = frame.idOf(node);
    if (id === this.#goal) {
      this.#goal = undefined;
      this.#hold(frame, node);
      this.#pause('step', frame, node);
      return true;
    }
    const breakpoint = this.#breakpointAt(frame, node);
    if (breakpoint === undefined || breakpoint === false) return false;
    this.#hold(frame, node);
    this.#ask(frame, node, breakpoint);
    return true;
  }

  /** Whether a node has a breakpoint: then it is asked about before it starts. */
  mayStopAt(frame: Frame, node: number): boolean {
    return (this.#breakpointAt(frame, node) ?? false) !== false;
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#pause('asked');
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    if (this.#hasBegun) this.#host.reporter.say(() => ({ kind: 'run-resumed' }));
    // One that starts may end others.
    for (const run of this.#open()) if (run.frame.tokens.phase[run.node] === Phase.ready) this.#letGo(run);
    this.#host.turn();
  }

  /** Lets one node start. False when none waits. */
  step(): boolean {
    this.pause();
    const [run] = this.#open();
    if (!run) return false;
    this.#letGo(run);
    this.#host.turn();
    return true;
  }

  /** Goes on until a node is about to start. */
  runTo(node: NodeId): void {
    this.#goal = node;
    // The node may be waiting already.
    const run = this.#open().find(({ frame, node: index }) => frame.idOf(index) === node);
    if (run && this.#isPaused) {
      this.#goal = undefined;
      return;
    }
    this.resume();
  }

  #breakpointAt(frame: Frame, node: number): boolean | string | undefined {
    const id = frame.idOf(node);
    const { breakpoints, ignoreBreakpoints } = this.#options;
    if (breakpoints && Object.hasOwn(breakpoints, id)) return breakpoints[id];
    return ignoreBreakpoints ? undefined : frame.flow.nodes[node]?.settings?.breakpoint;
  }

  #pause(reason: PauseReason, frame?: Frame, node?: number, message?: string): void {
    this.#isPaused = true;
    this.#host.recall((each, index) => {
      // Others may have ended where they waited.
      if (each.tokens.phase[index] === Phase.ready) this.#hold(each, index);
    });
    if (this.#hasBegun) this.#tellPaused(reason, frame, node, message);
  }

  #tellPaused(reason: PauseReason, frame?: Frame, node?: number, message?: string): void {
    this.#host.reporter.say(() => ({
      kind: 'run-paused',
      reason,
      ...(frame === undefined || node === undefined ? {} : { node: frame.idOf(node) }),
      ...(frame?.path === undefined ? {} : { frame: frame.path }),
      ...(message === undefined ? {} : { message }),
    }));
  }

  #hold(frame: Frame, node: number): void {
    frame.tokens.phase[node] = Phase.ready;
    this.#waiting.push({ frame, node });
  }

  /** Those that have not been dropped meanwhile. */
  #open(): NodeRun<Frame>[] {
    const open = this.#waiting.filter(({ frame, node }) => frame.tokens.phase[node] === Phase.ready);
    this.#waiting.splice(0, this.#waiting.length, ...open);
    return open;
  }

  #letGo(run: NodeRun<Frame>): void {
    const { frame, node } = run;
    const place = this.#waiting.indexOf(run);
    if (place >= 0) this.#waiting.splice(place, 1);
    const allowed = this.#allowed.get(frame) ?? new Set<number>();
    this.#allowed.set(frame, allowed.add(node));
    frame.startAgain(node);
    allowed.delete(node);
  }

  #ask(frame: Frame, node: number, breakpoint: true | string): void {
    const run = this.#waiting.at(-1);
    const answer = breakpoint === true ? true : breakpointAnswer(this.#host, frame, node, breakpoint);
    const act = ({ stops, message }: { stops: boolean; message?: string }): void => {
      if (frame.tokens.phase[node] !== Phase.ready || !run || !this.#waiting.includes(run)) return;
      if (stops) this.#pause('breakpoint', frame, node, message);
      else if (!this.#isPaused) this.#letGo(run);
    };
    if (answer === true) act({ stops: true });
    else if (!(answer instanceof Promise)) act(answer);
    else {
      void answer.then((settled) => this.#host.turn(() => act(settled)));
    }
  }
}
