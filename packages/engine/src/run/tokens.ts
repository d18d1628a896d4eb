import { type CompiledFlow, Join } from '../flow/compiled-flow.js';

/** What an edge carries. Numbers, because there may be a million of them. */
export const Token = { pending: 0, value: 1, skipped: 2, error: 3, cancelled: 4, none: 5 } as const;
export type Token = (typeof Token)[keyof typeof Token];

/** What is said of a node that such a token skips. */
export const SKIP_KINDS = { 2: 'upstream-skipped', 3: 'upstream-error', 4: 'upstream-cancelled' } as const;

/** Where a node is in its run. */
export const Phase = {
  outside: 0,
  waiting: 1,
  /** Its inputs are there; it waits for a lane. */
  ready: 2,
  /** In a batch. */
  sent: 3,
  running: 4,
  success: 5,
  error: 6,
  skipped: 7,
  cancelled: 8,
} as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

const noBytes = new Uint8Array(0);
const noNumbers = new Int32Array(0);

interface TokenArrays {
  readonly phase: Uint8Array;
  readonly edgeToken: Uint8Array;
  readonly remaining: Int32Array;
}

/** How the nodes of a plan begin: the same in each of its runs. */
export interface TokenStart {
  /** Of a run that is over, to be used again: what is new for each run costs more than what is in it. */
  spare: TokenArrays | undefined;
  readonly phase: Uint8Array;
  readonly remaining: Int32Array;
  /** Nodes that wait for nothing. */
  readonly resolved: readonly number[];
  /** Nodes in scope. */
  readonly open: number;
}

/**
 * The tokens of one run: what each edge carries, and which nodes have all their inputs resolved. Knows nothing of
 * executors and events. Settling a node resolves its edges; what becomes resolved by that is taken by {@link next}, so
 * that a long chain costs no stack. It is taken in rounds: each has what was resolved up to its beginning, in the order of the
 * document.
 */
export class Tokens {
  phase: Uint8Array;
  edgeToken: Uint8Array;
  /** Edges into a node that carry nothing yet. */
  remaining: Int32Array;
  /** Nodes in scope that have not ended. */
  open: number;
  readonly #flow: CompiledFlow;
  readonly #start: TokenStart;
  #resolved: number[];
  #round: number[] = [];
  #taken = 0;
  #blame: Int32Array | undefined;
  #owner: Float64Array | undefined;

  constructor(flow: CompiledFlow, start: TokenStart) {
    this.#flow = flow;
    this.#start = start;
    const { spare } = start;
    start.spare = undefined;
    this.phase = spare?.phase ?? start.phase.slice();
    this.edgeToken = spare?.edgeToken ?? new Uint8Array(flow.edgeSource.length);
    this.remaining = spare?.remaining ?? start.remaining.slice();
    this.open = start.open;
    this.#resolved = start.resolved.slice();
    if (spare) this.restart();
  }

  /** Begins anew, for the next pass over the same nodes. */
  restart(): void {
    const { phase, remaining, open, resolved } = this.#start;
    this.phase.set(phase);
    this.edgeToken.fill(Token.pending);
    this.remaining.set(remaining);
    this.open = open;
    this.#resolved.length = 0;
    for (const node of resolved) this.#resolved.push(node);
    this.#round.length = 0;
    this.#taken = 0;
    this.#blame = undefined;
    this.#owner = undefined;
  }

  /** False while everything that has ended gave values, and so every join fires. */
  get hasOtherThanValues(): boolean {
    return this.#blame !== undefined;
  }

  /** The node where a skip or an error began. */
  blameOf(node: number): number {
    return this.#blame?.[node] ?? -1;
  }

  /** The batch that has the node now: what an earlier one still says of it is out of date. */
  ownerOf(node: number): number {
    return this.#owner?.[node] ?? -1;
  }

  own(node: number, batch: number): void {
    this.#owner ??= new Float64Array(this.phase.length).fill(-1);
    this.#owner[node] = batch;
  }

  /** Hands the arrays on to the next run. This one knows nothing any more. */
  close(): void {
    this.#start.spare = { phase: this.phase, edgeToken: this.edgeToken, remaining: this.remaining };
    // Whoever comes too late finds no node in any phase.
    this.phase = noBytes;
    this.edgeToken = noBytes;
    this.remaining = noNumbers;
  }

  /** The next node that waits with all its inputs resolved; undefined when there is none now. */
  next(): number | undefined {
    while (this.#taken < this.#round.length || this.#nextRound()) {
      const node = this.#round[this.#taken++] as number; // within the bounds of the loop
      if (this.phase[node] === Phase.waiting) return node;
    }
    return undefined;
  }

  #nextRound(): boolean {
    const round = this.#resolved;
    this.#resolved = this.#round;
    this.#resolved.length = 0;
    this.#round = round;
    this.#taken = 0;
    // Mostly they are in order, and finding that out costs less than sorting them.
    if (!isAscending(round)) round.sort((a, b) => a - b);
    return round.length > 0;
  }

  /** Ends a node and puts a token on everything that leaves it. */
  settle(node: number, phase: Phase, token: Exclude<Token, 0>, blame: number): void {
    this.phase[node] = phase;
    this.open--;
    this.emit(node, token, blame);
  }

  /** Ends a node that gave values, though not at every output. */
  settleSome(node: number, hasValue: (output: number) => boolean): void {
    this.settleEach(node, Phase.success, (output) => (hasValue(output) ? Token.value : Token.skipped));
  }

  /** Ends a node with a token for each output, by place. */
  settleEach(node: number, phase: Phase, tokenOf: (output: number) => Token): void {
    this.phase[node] = phase;
    this.open--;
    this.emitSome(node, tokenOf);
  }

  /** Puts a token on everything that leaves a node. */
  emit(node: number, token: Exclude<Token, 0>, blame: number): void {
    const { outStart, outEdges } = this.#flow;
    if (token !== Token.value) this.#setBlame(node, blame);
    const end = outStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = outStart[node] as number; k < end; k++) this.#put(outEdges[k] as number, token);
  }

  /** Puts a token on the wires of each output, by place. */
  emitSome(node: number, tokenOf: (output: number) => Token): void {
    const { outStart, outEdges, edgeOutput } = this.#flow;
    this.#setBlame(node, node);
    const end = outStart[node + 1] as number;
    for (let k = outStart[node] as number; k < end; k++) {
      const edge = outEdges[k] as number;
      this.#put(edge, tokenOf(edgeOutput[edge] as number) as Exclude<Token, 0>);
    }
  }

  /** Puts a token on one wire; `blame` is the node where it began. */
  put(edge: number, token: Token, blame: number): void {
    if (token !== Token.value) this.#setBlame(this.#flow.edgeSource[edge] as number, blame);
    this.#put(edge, token as Exclude<Token, 0>);
  }

  /** Ends a node whose wires have got their tokens before. */
  finish(node: number, phase: Phase): void {
    this.phase[node] = phase;
    this.open--;
  }

  #setBlame(node: number, blame: number): void {
    this.#blame ??= new Int32Array(this.phase.length).fill(-1);
    this.#blame[node] = blame;
  }

  #put(edge: number, token: Exclude<Token, 0>): void {
    const { edgeTarget, joins } = this.#flow;
    // Whoever took the first value does not look at what comes later.
    this.edgeToken[edge] = token;
    const target = edgeTarget[edge] as number;
    const left = (this.remaining[target] as number) - 1;
    this.remaining[target] = left;
    if (this.phase[target] !== Phase.waiting) return;
    if (left === 0 || (joins !== undefined && joins[target] === Join.first && token === Token.value)) {
      this.#resolved.push(target);
    }
  }

  /** Puts a node back that was sent and did not run. It is taken again once its inputs are resolved. */
  putBack(node: number): void {
    this.phase[node] = Phase.waiting;
    this.own(node, -1);
    if ((this.remaining[node] as number) <= 0) this.#resolved.push(node);
  }

  /** The wire for which the join of a node skips it; undefined when it starts. */
  skippedFor(node: number): number | undefined {
    if (!this.hasOtherThanValues) return undefined;
    const { inStart, inEdges, joins } = this.#flow;
    const policy = joins === undefined ? Join.all : (joins[node] as Join);
    let worst: number | undefined;
    let values = 0;
    const start = inStart[node] as number;
    const end = inStart[node + 1] as number;
    for (let k = start; k < end; k++) {
      const edge = inEdges[k] as number;
      const token = this.edgeToken[edge] as Token;
      if (token === Token.value) values++;
      else if (token !== Token.pending && token !== Token.none) worst = this.worseOf(worst, edge);
    }
    if (worst === undefined || policy === Join.all || policy === Join.optional) return worst;
    // What is being cancelled starts nothing, whatever its join.
    if (this.edgeToken[worst] === Token.cancelled) return policy === Join.first && values > 0 ? undefined : worst;
    return policy === Join.settled || values > 0 ? undefined : worst;
  }

  /** Which of two wires brings what is worse; the first of equals. */
  worseOf(edge: number | undefined, other: number): number {
    const isWorse = edge === undefined || rank(this.without(other)) > rank(this.without(edge));
    return isWorse ? other : edge;
  }

  /** What a wire brings instead of a value. */
  without(edge: number): Exclude<Token, 0 | 1> {
    const token = this.edgeToken[edge] as Token;
    return token === Token.pending || token === Token.value ? Token.skipped : token;
  }

  /** What a wire without a value makes of a node that needs one. */
  skipOf(edge: number): 2 | 3 | 4 {
    const token = this.without(edge);
    return token === Token.none ? Token.skipped : token;
  }

  /** Whether a wire is as good as not there. */
  isNone(edge: number): boolean {
    return this.edgeToken[edge] === Token.none;
  }

  /** Whether a wire into a node brings a value that the node takes. */
  hasValue(edge: number): boolean {
    return this.edgeToken[edge] === Token.value;
  }

  /** Whether everything that has reached a node so far is a value. */
  hasOnlyValues(node: number): boolean {
    return this.skippedFor(node) === undefined;
  }
}

function isAscending(nodes: readonly number[]): boolean {
  for (let i = 1; i < nodes.length; i++) if ((nodes[i] as number) < (nodes[i - 1] as number)) return false;
  return true;
}

/** An error says more than a cancellation, and that more than a skip. */
function rank(token: Token): number {
  return token === Token.error ? 3 : token === Token.cancelled ? 2 : token === Token.skipped ? 1 : 0;
}
