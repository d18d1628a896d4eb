import type { Executor } from '../../executor.js';
import { faultFrom } from '../../fault.js';
import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { NodeError } from '../../node-error.js';
import { ELSEWHERE } from '../../plan/place-marks.js';
import type { ValueRef } from '../../value.js';
import type { Frame } from '../frame.js';
import { travelsAsLiteral } from './bring-inputs.js';
import { givenLiterals, literalInputs } from './task-inputs.js';
import type { Transfers } from './transfers.js';

/** What nodes of one executor need and is known before anything has run: literals, and reused values that are held elsewhere. */
export class InitialValues {
  readonly #frame: Frame;
  readonly #executor: Executor;
  readonly #transfers: Transfers;
  /** Nodes with literals. */
  readonly #nodes: number[] = [];
  readonly #refs = new Map<string, ValueRef>();

  /** `performs` says which nodes are of the executor. */
  constructor(
    frame: Frame,
    executor: Executor,
    transfers: Transfers,
    performs: (flow: CompiledFlow, node: number) => boolean,
  ) {
    this.#frame = frame;
    this.#executor = executor;
    this.#transfers = transfers;
    const { flow, plan } = frame;
    for (const node of plan.performers) {
      if (plan.decisions.get(node)?.action !== 'run' || !performs(flow, node)) continue;
      // Where functions are called, literals go as they are.
      if (!executor.direct && this.#hasLiterals(node)) this.#nodes.push(node);
      this.#findValues(node);
    }
  }

  get count(): number {
    return this.#nodes.length + this.#refs.size;
  }

  /** Brings them; resolves to what went wrong first, if anything did. */
  async bring(): Promise<NodeError | undefined> {
    const { flow, plan } = this.#frame;
    try {
      const moves = Array.from(this.#refs.values(), (ref) => this.#transfers.move(ref, this.#executor.id));
      const moved = Promise.all(moves);
      // What fails meanwhile is heard of below.
      moved.catch(() => {});
      for (const node of this.#nodes) literalInputs(flow, node, plan.overrides);
      await moved;
      return undefined;
    } catch (thrown) {
      return faultFrom(thrown, 'executor/fault');
    }
  }
  /** What is given for this run only is not kept, and so not worth being written before it is needed. */
  #hasLiterals(node: number): boolean {
    const { flow, plan } = this.#frame;
    return !plan.overrides.has(node) && givenLiterals(flow, node, undefined).length > 0;
  }

  #findValues(node: number): void {
    const { flow, plan, book } = this.#frame;
    const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = flow.inStart[node] as number; k < end; k++) {
      const edge = flow.inEdges[k] as number;
      const source = flow.edgeSource[edge] as number;
      if (plan.decisions.get(source)?.action !== 'reuse') continue;
      const value = book.record.valueAt(source, flow.edgeOutput[edge] as number);
      if (value !== ELSEWHERE && travelsAsLiteral(book.record, value)) continue;
      const ref = book.outputsOf(source)?.[flow.edgeSourcePort[edge] as string]?.ref;
      if (ref && ref.executor !== this.#executor.id) this.#refs.set(`${ref.executor}\n${ref.handle}`, ref);
    }
  }
}
