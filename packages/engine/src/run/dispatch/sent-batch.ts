import type { LoomError, NodeType, PortId } from '@loom/graph';
import type { ExecutorSlot } from '../../engine/executor-slot.js';
import type { InputSource, Task, TaskEvent } from '../../executor.js';
import { faultFrom, faultOf } from '../../fault.js';
import type { NodeError } from '../../node-error.js';
import type { Frame } from '../frame.js';
import type { RunHost } from '../run-host.js';
import { Phase } from '../tokens.js';
import type { NodeRun } from './batching.js';
import { bringInputs, heldAt, literalOf, type NotBrought } from './bring-inputs.js';
import type { DispatchListener } from './dispatch-listener.js';
import { taskInputs } from './task-inputs.js';
import type { Transfers } from './transfers.js';

/** What a batch needs of its run. */
export interface BatchContext {
  readonly host: RunHost;
  readonly listener: DispatchListener;
  readonly transfers: Transfers;
  /** True after the end of the run. */
  readonly isClosed: () => boolean;
}

/** One batch on its way: definitions first, then inputs of other executors, then the tasks and what they say. */
export class SentBatch {
  readonly #slot: ExecutorSlot;
  readonly #runs: readonly NodeRun<Frame>[];
  readonly #context: BatchContext;
  /** The place of each node in the batch, by frame. */
  readonly #places = new Map<Frame, Map<number, number>>();
  readonly #first: number;
  /** One for each batch: many listeners on one signal would be taken for a leak. */
  readonly #abort = new AbortController();

  constructor(slot: ExecutorSlot, runs: readonly NodeRun<Frame>[], context: BatchContext) {
    this.#slot = slot;
    this.#runs = runs;
    this.#context = context;
    this.#first = context.host.nextNumber(runs.length);
    runs.forEach(({ frame, node }, place) => {
      frame.tokens.phase[node] = Phase.sent;
      frame.tokens.own(node, this.#first);
      const places = this.#places.get(frame) ?? new Map<number, number>();
      this.#places.set(frame, places.set(node, place));
    });
  }

  /** Never rejects. Every node of the batch has ended, or waits again, when it resolves. */
  async perform(): Promise<void> {
    const { isClosed, listener } = this.#context;
    const { signal } = this.#abort;
    let fault = faultOf('executor/fault', `"${this.#slot.executor.id}" did not say what became of this node.`);
    try {
      const told = this.#slot.define(this.#types());
      if (told) await told;
      const brought = bringInputs(this.#runs, this.#slot.executor.id, this.#context);
      const faults = brought && (await brought);
      if (isClosed()) return;
      if (listener.isHalted) {
        for (const run of this.#runs) if (this.#isOpen(run)) run.frame.drop(run.node);
        return;
      }
      const tasks = this.#tasks(faults);
      if (tasks.length > 0) {
        const id = `b${this.#first}`;
        await this.#slot.executor.execute(
          { id, tasks },
          { signal, onEvents: (events) => listener.guard(() => this.#receive(events)) },
        );
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

  /** Likewise, when nobody waits for any of its nodes any more. */
  abandon(reason: LoomError): void {
    if (!this.#runs.some((run) => this.#isOpen(run))) this.#abort.abort(reason);
  }

  /** The task of a node that is in this batch and has not ended. */
  taskOf(frame: Frame, node: number): string | undefined {
    const place = this.#places.get(frame)?.get(node);
    return place !== undefined && this.#isOpen({ frame, node }) ? `t${this.#first + place}` : undefined;
  }

  get slot(): ExecutorSlot {
    return this.#slot;
  }

  #types(): Set<NodeType> {
    const found = new Set<NodeType>();
    for (const { frame, node } of this.#runs) {
      const type = frame.flow.types[node];
      if (type) found.add(type);
    }
    return found;
  }

  /** The tasks, without the nodes whose inputs could not be brought and without those that need them. */
  #tasks(faults: ReadonlyMap<NodeRun<Frame>, NotBrought> | undefined): Task[] {
    const { listener } = this.#context;
    const left = new Set<NodeRun<Frame>>();
    const tasks: Task[] = [];
    for (let place = 0; place < this.#runs.length; place++) {
      const run = this.#runs[place] as NodeRun<Frame>; // within the bounds of the loop
      const { frame, node } = run;
      const type = frame.flow.types[node] as NodeType; // nodes without a type are never sent
      if (!this.#isOpen(run)) continue;
      if (faults && (faults.has(run) || needs(run, left))) {
        left.add(run);
        continue;
      }
      const { implementation } = type;
      tasks.push({
        id: `t${this.#first + place}`,
        nodeId: frame.flow.ids[node] as string,
        typeId: type.id,
        revision: implementation.kind === 'missing' ? '' : implementation.revision,
        inputs: taskInputs(frame.flow, node, frame.plan.overrides, (edge) => this.#sourceOf(frame, edge)),
      });
    }
    // First all that need one of them wait again; then the failures reach them.
    for (const run of left) if (!faults?.has(run)) run.frame.putBack(run.node);
    for (const run of left) {
      const fault = faults?.get(run);
      if (fault) listener.onInputsLacking(run.frame, run.node, fault.error, fault.sources);
    }
    return tasks;
  }

  #sourceOf(frame: Frame, edge: number): InputSource | 'none' | undefined {
    const { transfers } = this.#context;
    const { flow, tokens } = frame;
    const port = flow.edgeSourcePort[edge] as PortId;
    // What comes of a stream is no output of a task.
    const isStream = Boolean(flow.edgeModes?.[edge]);
    const place = isStream ? undefined : this.#places.get(frame)?.get(flow.edgeSource[edge] as number);
    if (place !== undefined) return { kind: 'task', task: `t${this.#first + place}`, port };
    if (!tokens.hasValue(edge)) return tokens.isNone(edge) ? 'none' : undefined;
    const literal = literalOf(frame, edge);
    if (literal) return literal;
    const held = heldAt(frame, edge);
    const { id } = this.#slot.executor;
    // A value that is not there any more fails the task with `value/lost`, and is then computed again.
    const ref = (held && transfers.find(held, id)) ?? { executor: id, handle: '' };
    return { kind: 'ref', ref };
  }

  #receive(events: readonly TaskEvent[]): void {
    const { listener, isClosed, host } = this.#context;
    for (const event of events) {
      const run = this.#runs[Number(event.task.slice(1)) - this.#first];
      if (run === undefined) continue;
      if (!isClosed() && this.#owns(run)) {
        // It is decided again when these have ended: its join may do without them.
        if (event.kind === 'unresolved' && this.#isOpen(run) && this.#lacksInput(run)) run.frame.putBack(run.node);
        else listener.onTaskEvent(run.frame, run.node, event);
      } else if (event.kind === 'success') host.release(Object.values(event.outputs).map(({ ref }) => ref));
    }
    if (!isClosed()) listener.turn();
  }

  /** Ends what the executor left open: the first of each chain with the fault, the others as skipped behind it. */
  #close(fault: NodeError): void {
    const open = new Set(this.#runs.filter((run) => this.#isOpen(run)));
    for (const run of open) {
      const { frame, node } = run;
      if (frame.tokens.phase[node] === Phase.sent && needs(run, open)) frame.putBack(node);
    }
    for (const run of open) if (this.#isOpen(run)) this.#context.listener.onNodeFailed(run.frame, run.node, fault);
  }

  /** Whether a node of this batch feeds another one and has given nothing there. */
  #lacksInput({ frame, node }: NodeRun<Frame>): boolean {
    const { inStart, inEdges, edgeSource } = frame.flow;
    const places = this.#places.get(frame);
    const end = inStart[node + 1] as number; // typed arrays of fixed length
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      if (places?.has(edgeSource[edge] as number) && !frame.tokens.hasValue(edge)) return true;
    }
    return false;
  }

  #isOpen(run: NodeRun<Frame>): boolean {
    const phase = run.frame.tokens.phase[run.node];
    return (phase === Phase.sent || phase === Phase.running) && this.#owns(run);
  }

  /** A node that was put back may be in another batch by now, and its frame may be another one. */
  #owns({ frame, node }: NodeRun<Frame>): boolean {
    return frame.tokens.ownerOf(node) === this.#first;
  }
}

/** Whether one of these feeds a node. */
function needs({ frame, node }: NodeRun<Frame>, others: ReadonlySet<NodeRun<Frame>>): boolean {
  const { inStart, inEdges, edgeSource } = frame.flow;
  const end = inStart[node + 1] as number;
  for (let k = inStart[node] as number; k < end; k++) {
    const source = edgeSource[inEdges[k] as number] as number;
    for (const other of others) if (other.frame === frame && other.node === source) return true;
  }
  return false;
}
