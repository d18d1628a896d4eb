import { assertNever, type NodeId } from '@loom/graph';
import type { EngineEvent, FrameStep, RunEvent } from '../event.js';
import type { EnvironmentStatus, ExecutorStatus } from '../executor.js';
import { appendLog, emptyLog, type LogChunk } from './node-log.js';
import { appendMetrics, type MetricPoint } from './node-metrics.js';
import { PersistentMap } from './persistent-map.js';
import { idleNode, type NodeQuestion, type NodeRunState, type RunState } from './run-state.js';
import { isFinal, type NodeStatusEvent, transition } from './transition.js';

type NodeEvent = Extract<RunEvent, { readonly node: NodeId }>;
type EndingEvent = Extract<NodeEvent, { readonly kind: NodeStatusEvent }>;
type NodeQuestionEvent = Extract<RunEvent, { readonly kind: 'node-answered' }>;
type Outputs = NonNullable<NodeRunState['outputs']>;

/** Questions of a node that are kept: one in each frame that runs, and few more. */
const MAX_QUESTIONS = 100;

/**
 * The state after one event. For a group of events {@link reduceRunEvents} is cheaper.
 *
 * @example
 * ```ts
 * run.subscribe((events) => {
 *   for (const event of events) state = reduceRun(state, event);
 * });
 * ```
 */
export function reduceRun(state: RunState, event: EngineEvent): RunState {
  return reduceRunEvents(state, [event]);
}

/**
 * The state after a group of events, as engines and runs deliver them. Costs what the touched nodes cost, not what the
 * flow has; everything else keeps its identity.
 *
 * Events of several runs may mix: a node follows the newest run that has it in scope, and late events of an older run
 * change nothing.
 *
 * @example
 * ```ts
 * let state = emptyRunState;
 * engine.subscribe((events) => { state = reduceRunEvents(state, events); });
 * ```
 */
export function reduceRunEvents(state: RunState, events: readonly EngineEvent[]): RunState {
  const draft = new Draft(state);
  for (const event of events) draft.apply(event);
  return draft.finish();
}

/** One group of events on its way into a state: touched nodes are collected and put back together at the end. */
class Draft {
  #run: Omit<RunState, 'nodes' | 'executors' | 'environments'>;
  #nodes: PersistentMap<NodeId, NodeRunState>;
  readonly #touched = new Map<NodeId, NodeRunState>();
  readonly #logs = new Map<NodeId, LogChunk[]>();
  readonly #metrics = new Map<NodeId, Map<string, MetricPoint[]>>();
  readonly #executors: Record<string, ExecutorStatus> = {};
  readonly #environments: Record<string, EnvironmentStatus> = {};
  readonly #before: RunState;

  constructor(state: RunState) {
    this.#before = state;
    const { nodes, executors: _, environments: __, ...run } = state;
    this.#run = run;
    this.#nodes = nodes instanceof PersistentMap ? nodes : PersistentMap.from(nodes);
  }

  apply(event: EngineEvent): void {
    switch (event.kind) {
      case 'run-started':
        this.#startRun(event);
        return;
      case 'run-finished':
        if (event.runId !== this.#run.runId) return;
        this.#goOn();
        this.#run = { ...this.#run, status: event.status, counts: event.counts, durationMs: event.durationMs };
        return;
      case 'executor-status':
        this.#executors[event.executor] = event.status;
        return;
      case 'environment':
        this.#environments[event.executor] = event.status;
        return;
      case 'startup':
        return;
      case 'values-lost':
        for (const id of event.nodes) {
          const node = this.#node(id);
          if (node.outputs && !node.valuesLost) this.#touched.set(id, { ...node, valuesLost: true });
        }
        return;
      case 'node-output': {
        if (this.#node(event.node).runId !== event.runId) return;
        const chunk = { stream: event.stream, text: event.text };
        const chunks = this.#logs.get(event.node);
        if (chunks) chunks.push(chunk);
        else this.#logs.set(event.node, [chunk]);
        return;
      }
      case 'node-progress': {
        const node = this.#node(event.node);
        if (node.runId !== event.runId || node.status !== 'running') return;
        const { fraction, message } = event;
        const progress = message === undefined ? { fraction } : { fraction, message };
        this.#touched.set(event.node, { ...node, progress });
        return;
      }
      case 'node-metric':
        this.#measure(event);
        return;
      case 'node-asked': {
        const { question, prompt, frame } = event;
        const asked = { question, prompt, ...(frame === undefined ? {} : { frame }) };
        this.#ask(event, (questions) => [...questions, asked].slice(-MAX_QUESTIONS));
        return;
      }
      case 'node-answered':
        this.#ask(event, (questions) => questions.filter((each) => !isSameQuestion(each, event)));
        return;
      case 'node-queued':
      case 'node-started':
      case 'node-retrying':
      case 'node-succeeded':
      case 'node-failed':
      case 'node-skipped':
      case 'node-cancelled':
        if (event.frame) this.#applyInFrame(event);
        else this.#applyNode(event);
        return;
      case 'tier-failed':
      case 'frame-started':
      case 'frame-finished':
        return;
      case 'run-paused': {
        if (event.runId !== this.#run.runId) return;
        const { reason, node, frame, message } = event;
        const at = { ...(node === undefined ? {} : { node }), ...(frame === undefined ? {} : { frame }) };
        this.#run = { ...this.#run, paused: { reason, ...at, ...(message === undefined ? {} : { message }) } };
        return;
      }
      case 'run-resumed':
        if (event.runId === this.#run.runId) this.#goOn();
        return;
      default:
        assertNever(event, 'engine event');
    }
  }

  finish(): RunState {
    for (const [id, chunks] of this.#logs) {
      const node = this.#node(id);
      this.#touched.set(id, { ...node, log: appendLog(node.log, chunks) });
    }
    for (const [id, metrics] of this.#metrics) {
      const node = this.#node(id);
      this.#touched.set(id, { ...node, metrics: appendMetrics(node.metrics, metrics) });
    }
    const { executors, environments } = this.#before;
    const hasExecutors = Object.keys(this.#executors).length > 0;
    const hasEnvironments = Object.keys(this.#environments).length > 0;
    const nextEnvironments = hasEnvironments ? { ...environments, ...this.#environments } : environments;
    return {
      ...this.#run,
      nodes: this.#nodes.with(this.#touched),
      executors: hasExecutors ? { ...executors, ...this.#executors } : executors,
      ...(nextEnvironments ? { environments: nextEnvironments } : {}),
    };
  }

  #measure({ node, runId, name, at, step, value }: Extract<RunEvent, { kind: 'node-metric' }>): void {
    if (this.#node(node).runId !== runId) return;
    const metrics = this.#metrics.get(node) ?? new Map<string, MetricPoint[]>();
    this.#metrics.set(node, metrics);
    const points = metrics.get(name);
    if (points) points.push({ step, value, at });
    else metrics.set(name, [{ step, value, at }]);
  }

  #ask(event: NodeEvent, change: (questions: readonly NodeQuestion[]) => readonly NodeQuestion[]): void {
    const node = this.#node(event.node);
    if (node.runId !== event.runId || node.status !== 'running') return;
    const { questions = [], ...rest } = node;
    const next = change(questions);
    this.#touched.set(event.node, next.length === 0 ? rest : { ...rest, questions: next });
  }

  #goOn(): void {
    const { paused: _, ...run } = this.#run;
    this.#run = run;
  }

  #startRun({ runId, at, nodes }: Extract<RunEvent, { kind: 'run-started' }>): void {
    this.#run = { runId, status: 'running', startedAt: at, total: nodes.length, settled: 0 };
    for (const id of nodes) {
      this.#logs.delete(id);
      this.#metrics.delete(id);
      const kept = keptOutputs(this.#node(id));
      this.#touched.set(id, { status: 'idle', runId, log: emptyLog, ...kept });
    }
  }

  #applyNode(event: EndingEvent): void {
    const node = this.#node(event.node);
    if (node.runId !== event.runId) return;
    const status = transition(node.status, event.kind);
    if (status === undefined) return;
    this.#touched.set(event.node, nextNode(node, event));
    if (isFinal(status) && event.runId === this.#run.runId) {
      this.#run = { ...this.#run, settled: this.#run.settled + 1 };
    }
  }

  /** How a node ended is told without a frame, after its last one. */
  #applyInFrame(event: EndingEvent): void {
    const { status } = this.#node(event.node);
    if (event.kind === 'node-started' && (status === 'idle' || status === 'queued')) this.#applyNode(event);
  }

  #node(id: NodeId): NodeRunState {
    return this.#touched.get(id) ?? this.#nodes.get(id) ?? idleNode;
  }
}

function nextNode(node: NodeRunState, event: EndingEvent): NodeRunState {
  const { runId, log, metrics } = node;
  const own = { runId, log, ...(metrics ? { metrics } : {}) };
  const base = { ...own, ...keptOutputs(node) };
  switch (event.kind) {
    case 'node-queued':
    case 'node-retrying':
      return { ...base, status: 'queued' };
    case 'node-started':
      return { ...base, status: 'running', startedAt: event.at };
    case 'node-succeeded': {
      const { durationMs, cached, outputs } = event;
      return { ...own, status: 'success', durationMs, cached, outputs };
    }
    case 'node-failed':
      return { ...base, status: 'error', durationMs: event.durationMs, error: event.error };
    case 'node-skipped':
      return { ...base, status: 'skipped', reason: event.reason };
    case 'node-cancelled':
      return { ...base, status: 'cancelled' };
    default:
      return assertNever(event, 'node event');
  }
}

function isSameQuestion(question: NodeQuestion, { question: number, frame }: NodeQuestionEvent): boolean {
  return question.question === number && isSameFrame(question.frame ?? [], frame ?? []);
}

function isSameFrame(one: readonly FrameStep[], other: readonly FrameStep[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ node, index }, place) => node === other[place]?.node && index === other[place]?.index)
  );
}

function keptOutputs({ outputs, valuesLost }: NodeRunState): { outputs?: Outputs; valuesLost?: true } {
  if (!outputs) return {};
  return valuesLost ? { outputs, valuesLost } : { outputs };
}
