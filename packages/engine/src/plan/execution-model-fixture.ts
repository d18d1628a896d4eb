import type { FlowDocument, FlowNode, Json, NodeId } from '@loom/graph';
import { expect } from 'vitest';
import type { RunOptions } from '../api.js';

/** What became of a node in a run, by the rules alone. */
interface Outcome {
  readonly version: number;
  readonly key: string;
  readonly kind: 'value' | 'skipped' | 'failed';
  /** The versions of what fed it. */
  readonly feeds: ReadonlyMap<NodeId, number>;
  /** Filled in from what the engine gave, the first time. */
  value?: { readonly known: unknown };
  /** What came in, to be compared with what the value says. */
  readonly inputs: readonly Outcome[];
  readonly isClosed: boolean;
  /** Whether it may be used by later runs. */
  readonly isKept: boolean;
}

/** What a run of the model did. */
interface Expected {
  readonly executed: readonly NodeId[];
  readonly succeeded: readonly NodeId[];
  readonly failed: readonly NodeId[];
}

/**
 * P3, P4, N1 and N3 as they are written, with nothing remembered but every outcome there ever was. For nodes `n0`, `n1` …
 * that take wires from lower ones.
 */
export class ExecutionModel {
  readonly #outcomes = new Map<NodeId, Outcome[]>();
  #current = new Map<NodeId, Outcome>();
  #version = 0;

  run(
    document: FlowDocument,
    { targets = { kind: 'all' }, inputs = {} }: RunOptions,
    world: { readonly broken: ReadonlySet<string>; readonly closed: ReadonlySet<string> },
  ): Expected {
    const version = ++this.#version;
    const view = new View(document, inputs, this.#outcomes);
    const { scope, reused, forced } = view.decide(targets);
    const current = new Map<NodeId, Outcome>();
    const executed: NodeId[] = [];
    const failed: NodeId[] = [];
    for (const node of view.ids) {
      if (!scope.has(node) || view.isMuted(node)) continue;
      const newest = view.newest(node);
      if (reused.has(node) && newest) {
        current.set(node, newest);
        continue;
      }
      const sources = view.sources(node);
      const feeds = sources.flatMap((source) => current.get(source) ?? []);
      const carried = feeds.filter(({ kind, isClosed }) => kind === 'value' && !isClosed);
      const fires =
        view.join(node) === 'any' ? carried.length > 0 || sources.length === 0 : carried.length === sources.length;
      const versions = new Map(
        sources.flatMap((source) => {
          const outcome = current.get(source);
          return outcome ? [[source, outcome.version] as const] : [];
        }),
      );
      const base = {
        version,
        key: view.key(node),
        feeds: versions,
        inputs: carried,
        isClosed: false,
        isKept: view.isKept(node),
      };
      let outcome: Outcome;
      if (!fires) {
        const byError = feeds.some(({ kind }) => kind === 'failed');
        outcome = { ...base, kind: byError ? 'failed' : 'skipped' };
        // Skipped by the same as before, it is as it was.
        if (!byError && newest?.kind === 'skipped' && view.isFedAlike(newest, node, versions)) {
          current.set(node, newest);
          continue;
        }
      } else if (world.broken.has(node)) {
        executed.push(node);
        failed.push(node);
        outcome = { ...base, kind: 'failed' };
      } else {
        executed.push(node);
        outcome = { ...base, kind: 'value', isClosed: world.closed.has(node) };
      }
      current.set(node, outcome);
      this.#outcomes.set(node, [...(this.#outcomes.get(node) ?? []), outcome]);
    }
    void forced;
    this.#current = current;
    const succeeded = [...current].filter(([, { kind }]) => kind === 'value').map(([node]) => node);
    return { executed, succeeded, failed };
  }

  /** Compares what the engine has for a node with what it had before, and with what fed it. */
  check(node: NodeId, value: unknown): void {
    const outcome = this.#current.get(node);
    if (!outcome) throw new Error(`"${node}" gave something, and was not to.`);
    outcome.value ??= { known: value };
    expect(value).toEqual(outcome.value.known);
    if (outcome.isClosed) {
      expect(value).toBeUndefined();
      return;
    }
    const { in: given = [] } = value as { readonly in?: readonly unknown[] };
    expect(given).toEqual(outcome.inputs.map((input) => input.value?.known));
  }
}

/** A document with all outcomes there ever were. */
class View {
  readonly ids: readonly NodeId[];
  readonly #document: FlowDocument;
  readonly #inputs: Readonly<Record<string, Json>>;
  readonly #outcomes: ReadonlyMap<NodeId, readonly Outcome[]>;

  constructor(
    document: FlowDocument,
    inputs: Readonly<Record<string, Json>>,
    outcomes: ReadonlyMap<NodeId, readonly Outcome[]>,
  ) {
    this.#document = document;
    this.#inputs = inputs;
    this.#outcomes = outcomes;
    this.ids = Object.keys(document.nodes);
  }

  isMuted(node: NodeId): boolean {
    return this.#node(node).settings?.mode === 'muted';
  }

  join(node: NodeId): 'all' | 'any' {
    return this.#node(node).settings?.join === 'any' ? 'any' : 'all';
  }

  isKept(node: NodeId): boolean {
    return this.#node(node).settings?.cache !== 'never';
  }

  /** In the order of the wires. */
  sources(node: NodeId): NodeId[] {
    return this.ids.filter((id) =>
      Object.values(this.#document.edges).some((edge) => edge.source === id && edge.target === node),
    );
  }

  /** All that the node gives follows from, written out. */
  key(node: NodeId): string {
    if (this.isMuted(node)) return 'muted';
    const { type, inputs = {} } = this.#node(node);
    const promoted = this.#document.inputs.x?.node === node ? this.#inputs.x : undefined;
    const literals = { ...inputs, ...(promoted === undefined ? {} : { lit: promoted }) };
    return JSON.stringify([
      node,
      type,
      Object.entries(literals).sort(),
      this.join(node),
      this.sources(node).map((source) => this.key(source)),
    ]);
  }

  isPure(node: NodeId): boolean {
    if (this.isMuted(node)) return true;
    return this.#node(node).type.startsWith('pure') && this.sources(node).every((source) => this.isPure(source));
  }

  newest(node: NodeId): Outcome | undefined {
    const key = this.key(node);
    return this.#outcomes.get(node)?.findLast((outcome) => outcome.key === key);
  }

  /** Made from the newest executions of what feeds it; what is pure counts as executed never. */
  holds(node: NodeId): boolean {
    if (this.isMuted(node)) return true;
    const newest = this.newest(node);
    if (!newest || newest.kind === 'failed') return false;
    return this.sources(node).every((source) => {
      if (this.isMuted(source)) return true;
      if (this.#failedIn(source, newest.version)) return false;
      if (this.isPure(source)) return true;
      return this.newest(source)?.version === newest.feeds.get(source) && this.holds(source);
    });
  }

  isFedAlike(before: Outcome, node: NodeId, versions: ReadonlyMap<NodeId, number>): boolean {
    return this.sources(node).every(
      (source) => this.isMuted(source) || this.isPure(source) || before.feeds.get(source) === versions.get(source),
    );
  }

  /** What a run does, as P3 says. */
  decide(targets: NonNullable<RunOptions['targets']>): {
    readonly scope: ReadonlySet<NodeId>;
    readonly reused: ReadonlySet<NodeId>;
    readonly forced: ReadonlySet<NodeId>;
  } {
    if (targets.kind === 'all') return { scope: new Set(this.ids), reused: new Set(), forced: new Set(this.ids) };
    if (targets.kind === 'changed') return this.#settle(new Set(), new Set(this.ids), false);
    const forced = new Set(targets.nodes);
    if (targets.kind === 'from') {
      for (const node of this.ids) if (this.sources(node).some((source) => forced.has(source))) forced.add(node);
    }
    return this.#settle(forced, undefined, targets.kind === 'selection');
  }

  /** Lets more and more run until nothing is reused that something before it makes outdated. */
  #settle(
    forced: ReadonlySet<NodeId>,
    all: ReadonlySet<NodeId> | undefined,
    exactly: boolean,
  ): {
    readonly scope: ReadonlySet<NodeId>;
    readonly reused: ReadonlySet<NodeId>;
    readonly forced: ReadonlySet<NodeId>;
  } {
    const outdated = new Set<NodeId>();
    for (;;) {
      const runs = (node: NodeId): boolean =>
        !this.isMuted(node) && (forced.has(node) || outdated.has(node) || !this.#isReusable(node));
      const scope = new Set<NodeId>(all ?? forced);
      for (const node of [...this.ids].reverse()) {
        if (scope.has(node) && runs(node)) for (const source of this.sources(node)) scope.add(source);
      }
      const renewed = new Set<NodeId>();
      for (const node of this.ids) {
        if (!scope.has(node) || !runs(node)) continue;
        const isBehind = this.#isBehind(node, renewed);
        const isSkipped = this.newest(node)?.kind === 'skipped' && this.holds(node) && !isBehind && !forced.has(node);
        if (!isSkipped) renewed.add(node);
      }
      const next = exactly
        ? []
        : this.ids.filter(
            (node) => scope.has(node) && !runs(node) && !this.isMuted(node) && this.#isBehind(node, renewed),
          );
      if (next.length === 0) {
        return { scope, reused: new Set(this.ids.filter((node) => scope.has(node) && !runs(node))), forced };
      }
      for (const node of next) outdated.add(node);
    }
  }

  /** Whether something that is not pure and runs is anywhere before a node, with nothing muted in between. */
  #isBehind(node: NodeId, renewed: ReadonlySet<NodeId>): boolean {
    return this.sources(node).some(
      (source) =>
        !this.isMuted(source) && !this.isPure(source) && (renewed.has(source) || this.#isBehind(source, renewed)),
    );
  }

  #isReusable(node: NodeId): boolean {
    if (this.isMuted(node)) return false;
    const newest = this.newest(node);
    return this.isKept(node) && this.holds(node) && newest?.kind === 'value' && newest.isKept;
  }

  #failedIn(node: NodeId, version: number): boolean {
    return (
      this.#outcomes.get(node)?.some((outcome) => outcome.version === version && outcome.kind === 'failed') ?? false
    );
  }

  #node(node: NodeId): FlowNode {
    return this.#document.nodes[node] as FlowNode; // a key of it
  }
}
