import type { JoinPolicy } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';

/** What an edge carries. Numbers, because there may be a million of them. */
export const Token = { pending: 0, value: 1, skipped: 2, error: 3, cancelled: 4 } as const;
export type Token = (typeof Token)[keyof typeof Token];

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

/** What a join says once all its inputs are resolved; `because` is the edge that is to blame. */
export type Verdict =
  | { readonly kind: 'fire' }
  | { readonly kind: 'skip'; readonly token: Exclude<Token, 0 | 1>; readonly because: number };

const FIRE: Verdict = { kind: 'fire' };

/**
 * The tokens of one run: what each edge carries, and which nodes have all their inputs resolved. Knows nothing of
 * executors and events. Settling a node resolves its edges; what becomes resolved by that is taken by {@link next}, so
 * that a long chain costs no stack.
 */
export class Tokens {
  readonly phase: Uint8Array;
  readonly edgeToken: Uint8Array;
  /** Edges into a node that carry nothing yet. */
  readonly remaining: Int32Array;
  /** The node where a skip or an error began, by node. */
  readonly blame: Int32Array;
  /** The batch that has the node now, by node: what an earlier one still says of it is out of date. */
  readonly owner: Float64Array;
  /** Nodes in scope that have not ended. */
  open: number;
  readonly #flow: CompiledFlow;
  readonly #resolved: number[] = [];

  constructor(flow: CompiledFlow, scope: Int32Array, needsInputs: (node: number) => boolean) {
    const count = flow.ids.length;
    this.#flow = flow;
    this.phase = new Uint8Array(count);
    this.edgeToken = new Uint8Array(flow.edgeSource.length);
    this.remaining = new Int32Array(count);
    this.blame = new Int32Array(count).fill(-1);
    this.owner = new Float64Array(count).fill(-1);
    this.open = scope.length;
    for (const node of scope) {
      this.phase[node] = Phase.waiting;
      const waits = needsInputs(node) ? (flow.inStart[node + 1] as number) - (flow.inStart[node] as number) : 0;
      this.remaining[node] = waits;
      if (waits === 0) this.#resolved.push(node);
    }
    // Taken from the end.
    this.#resolved.reverse();
  }

  /** The next node that waits with all its inputs resolved; undefined when there is none now. */
  next(): number | undefined {
    for (let node = this.#resolved.pop(); node !== undefined; node = this.#resolved.pop()) {
      if (this.phase[node] === Phase.waiting) return node;
    }
    return undefined;
  }

  /** Whether {@link next} may have something. */
  get hasNext(): boolean {
    return this.#resolved.length > 0;
  }

  /** Ends a node and puts a token on everything that leaves it. */
  settle(node: number, phase: Phase, token: Exclude<Token, 0>, blame: number): void {
    const { outStart, outEdges, edgeTarget } = this.#flow;
    this.phase[node] = phase;
    this.blame[node] = blame;
    this.open--;
    const end = outStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = outStart[node] as number; k < end; k++) {
      const edge = outEdges[k] as number;
      this.edgeToken[edge] = token;
      const target = edgeTarget[edge] as number;
      const left = (this.remaining[target] as number) - 1;
      this.remaining[target] = left;
      if (left === 0 && this.phase[target] === Phase.waiting) this.#resolved.push(target);
    }
  }

  /** Puts a node back that was sent and did not run. It is taken again once its inputs are resolved. */
  putBack(node: number): void {
    this.phase[node] = Phase.waiting;
    this.owner[node] = -1;
    if ((this.remaining[node] as number) <= 0) this.#resolved.push(node);
  }

  /** What the join of a node makes of its inputs. */
  verdict(node: number, policy: JoinPolicy = 'all'): Verdict {
    const { inStart, inEdges } = this.#flow;
    // The other policies come with branches; until then nothing skips on purpose, and all of them act alike.
    void policy;
    let worst: Verdict = FIRE;
    const end = inStart[node + 1] as number;
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      const token = this.edgeToken[edge] as Token;
      if (token === Token.pending || token === Token.value) continue;
      if (worst.kind === 'skip' && rank(worst.token) >= rank(token)) continue;
      worst = { kind: 'skip', token, because: edge };
    }
    return worst;
  }

  /** Whether everything that has reached a node so far is a value. */
  hasOnlyValues(node: number): boolean {
    return this.verdict(node).kind === 'fire';
  }
}

/** An error says more than a cancellation, and that more than a skip. */
function rank(token: Token): number {
  return token === Token.error ? 3 : token === Token.cancelled ? 2 : token === Token.skipped ? 1 : 0;
}
