import type { LoomError, NodeType, PortId } from '@loom/graph';
import type { ExecutorSlot } from '../engine/executor-slot.js';
import type { InputSource, Task, TaskEvent } from '../executor.js';
import { faultFrom, faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { RunPlan } from '../plan/plan.js';
import type { ValueRef } from '../value.js';
import type { DispatchListener } from './dispatch-listener.js';
import type { NodeBook } from './node-book.js';
import type { RunHost } from './run-host.js';
import { taskInputs } from './task-inputs.js';
import { Phase, type Tokens } from './tokens.js';
import type { Transfers } from './transfers.js';

/** What a batch needs of its run. */
export interface BatchContext {
  readonly plan: RunPlan;
  readonly tokens: Tokens;
  readonly book: NodeBook;
  readonly host: RunHost;
  readonly listener: DispatchListener;
  readonly transfers: Transfers;
  /** True after the end of the run. */
  readonly isClosed: () => boolean;
}

/** A value that must come from another executor before a node can be sent. */
interface Move {
  readonly node: number;
  readonly edge: number;
  readonly ref: ValueRef;
}

/** One batch on its way: definitions first, then inputs of other executors, then the tasks and what they say. */
export class SentBatch {
  readonly #slot: ExecutorSlot;
  readonly #nodes: readonly number[];
  readonly #context: BatchContext;
  /** The place of each node in the batch. */
  readonly #places = new Map<number, number>();
  readonly #first: number;
  /** One for each batch: many listeners on one signal would be taken for a leak. */
  readonly #abort = new AbortController();

  constructor(slot: ExecutorSlot, nodes: readonly number[], context: BatchContext) {
    this.#slot = slot;
    this.#nodes = nodes;
    this.#context = context;
    this.#first = context.host.nextNumber(nodes.length);
    for (const node of nodes) {
      context.tokens.phase[node] = Phase.sent;
      context.tokens.own(node, this.#first);
      this.#places.set(node, this.#places.size);
    }
  }

  /** Never rejects. Every node of the batch has ended, or waits again, when it resolves. */
  async perform(): Promise<void> {
    const { isClosed, listener } = this.#context;
    const { signal } = this.#abort;
    let fault = faultOf('executor/fault', `"${this.#slot.executor.id}" did not say what became of this node.`);
    try {
      const definitions = this.#slot.undefinedTypes(this.#types());
      if (definitions.length > 0) await this.#slot.define(definitions);
      const moves = this.#missingValues();
      const faults = moves.length > 0 ? await this.#move(moves) : undefined;
      if (isClosed()) return;
      if (listener.isHalted) {
        for (const node of this.#nodes) if (this.#isOpen(node)) listener.onNodeDropped(node);
        return;
      }
      const tasks = this.#tasks(faults);
      if (tasks.length > 0) {
        const id = `b${this.#first}`;
        await this.#slot.executor.execute({ id, tasks }, { signal, onEvents: (events) => this.#receive(events) });
      }
    } catch (thrown) {
      fault = faultFrom(thrown, 'executor/fault');
    }
    if (!isClosed()) this.#close(fault);
  }

  /** Tells the executor to stop. */
  cancel(reason: LoomError): void {
    this.#abort.abort(reason);
  }

  #types(): Set<NodeType> {
    const { types } = this.#context.plan.flow;
    const found = new Set<NodeType>();
    for (const node of this.#nodes) {
      const type = types[node];
      if (type) found.add(type);
    }
    return found;
  }

  /** Inputs that another executor holds and that have not been moved here yet. */
  #missingValues(): Move[] {
    const { plan, transfers } = this.#context;
    const { inStart, inEdges } = plan.flow;
    const { id } = this.#slot.executor;
    const moves: Move[] = [];
    for (const node of this.#nodes) {
      const end = inStart[node + 1] as number; // typed arrays of fixed length, here and below
      for (let k = inStart[node] as number; k < end; k++) {
        const edge = inEdges[k] as number;
        const ref = this.#refOf(edge);
        if (ref && ref.executor !== id && !transfers.find(ref, id)) moves.push({ node, edge, ref });
      }
    }
    return moves;
  }

  /** Moves values side by side; says for which nodes it did not work. */
  async #move(moves: readonly Move[]): Promise<ReadonlyMap<number, NodeError>> {
    const { transfers, plan } = this.#context;
    const { id } = this.#slot.executor;
    const faults = new Map<number, NodeError>();
    await Promise.all(
      moves.map(async ({ node, edge, ref }) => {
        try {
          await transfers.move(ref, id);
        } catch (thrown) {
          const cause = faultFrom(thrown, 'executor/fault');
          const port = plan.flow.edgeTargetPort[edge] as PortId;
          const title = plan.flow.types[node]?.inputs.find((input) => input.id === port)?.title ?? port;
          const message = `The input "${title}" could not be brought from "${ref.executor}" to "${id}": ${cause.message}`;
          faults.set(node, { code: cause.code, message, frames: [], cause });
        }
      }),
    );
    return faults;
  }

  /** The value that an edge brings from outside the batch; undefined when it comes from within. */
  #refOf(edge: number): ValueRef | undefined {
    const { plan, book } = this.#context;
    const source = plan.flow.edgeSource[edge] as number;
    if (this.#places.has(source)) return undefined;
    return book.outputsOf(source)?.[plan.flow.edgeSourcePort[edge] as PortId]?.ref;
  }

  /** The tasks, without the nodes whose inputs could not be brought and without those that need them. */
  #tasks(faults: ReadonlyMap<number, NodeError> | undefined): Task[] {
    const { plan, tokens, listener } = this.#context;
    const { flow, overrides } = plan;
    const left = new Set<number>();
    const tasks: Task[] = [];
    const sourceOf = (edge: number): InputSource => this.#sourceOf(edge);
    for (let place = 0; place < this.#nodes.length; place++) {
      const node = this.#nodes[place] as number; // within the bounds of the loop
      const type = flow.types[node] as NodeType; // nodes without a type are never sent
      if (!this.#isOpen(node)) continue;
      if (faults && (faults.has(node) || this.#needs(node, left))) {
        left.add(node);
        continue;
      }
      const { implementation } = type;
      tasks.push({
        id: `t${this.#first + place}`,
        nodeId: flow.ids[node] as string,
        typeId: type.id,
        revision: implementation.kind === 'missing' ? '' : implementation.revision,
        inputs: taskInputs(flow, node, overrides, sourceOf),
      });
    }
    // First all that need one of them wait again; then the failures reach them.
    for (const node of left) if (!faults?.has(node)) tokens.putBack(node);
    for (const node of left) {
      const fault = faults?.get(node);
      if (fault) listener.onNodeFailed(node, fault);
    }
    return tasks;
  }

  #needs(node: number, others: ReadonlySet<number>): boolean {
    const { inStart, inEdges, edgeSource } = this.#context.plan.flow;
    const end = inStart[node + 1] as number;
    for (let k = inStart[node] as number; k < end; k++) {
      if (others.has(edgeSource[inEdges[k] as number] as number)) return true;
    }
    return false;
  }

  #sourceOf(edge: number): InputSource {
    const { plan, transfers } = this.#context;
    const port = plan.flow.edgeSourcePort[edge] as PortId;
    const place = this.#places.get(plan.flow.edgeSource[edge] as number);
    if (place !== undefined) return { kind: 'task', task: `t${this.#first + place}`, port };
    const held = this.#refOf(edge);
    const { id } = this.#slot.executor;
    // A value that is not there any more fails the task with `value/lost`, and is then computed again.
    const ref = (held && transfers.find(held, id)) ?? { executor: id, handle: '' };
    return { kind: 'ref', ref };
  }

  #receive(events: readonly TaskEvent[]): void {
    const { listener, isClosed, host } = this.#context;
    for (const event of events) {
      const node = this.#nodes[Number(event.task.slice(1)) - this.#first];
      if (node === undefined) continue;
      if (!isClosed() && this.#owns(node)) listener.onTaskEvent(node, event);
      else if (event.kind === 'success') host.release(Object.values(event.outputs).map(({ ref }) => ref));
    }
    if (!isClosed()) listener.onTurn();
  }

  /** Ends what the executor left open: the first of each chain with the fault, the others as skipped behind it. */
  #close(fault: NodeError): void {
    const open = new Set(this.#nodes.filter((node) => this.#isOpen(node)));
    for (const node of open) {
      if (this.#context.tokens.phase[node] === Phase.sent && this.#needs(node, open))
        this.#context.tokens.putBack(node);
    }
    for (const node of open) if (this.#isOpen(node)) this.#context.listener.onNodeFailed(node, fault);
  }

  #isOpen(node: number): boolean {
    const phase = this.#context.tokens.phase[node];
    return (phase === Phase.sent || phase === Phase.running) && this.#owns(node);
  }

  /** A node that was put back may be in another batch by now. */
  #owns(node: number): boolean {
    return this.#context.tokens.ownerOf(node) === this.#first;
  }
}
