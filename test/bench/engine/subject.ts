import type { FlowDocument } from '@loom/graph';
import type { Work } from './work.js';

/** A flow in the hands of one engine. What is asynchronous there gives a promise, and all else must not. */
export interface Subject {
  /**
   * Runs everything. What runs only what has changed must first add the round to the input `a` of every node that has a
   * literal there; what runs everything anyway may leave values as they are.
   */
  run(round: number): void | Promise<void>;
  /** Gives the last node another value of its own, the input `b`, and brings results up to date. */
  changeLeaf(value: number): void | Promise<void>;
  /** Gives the first node another value, the input `a`, and brings results up to date. */
  changeSource(value: number): void | Promise<void>;
  /** What the last node gave last. */
  last(): unknown;
  dispose?(): Promise<void>;
}

/** An engine that takes part. */
export interface Contender {
  readonly name: string;
  /** What its nodes can do. */
  readonly works: readonly Work[];
  /** Takes a parsed flow, up to where it can run. */
  build(flow: FlowDocument, work: Work): Subject | Promise<Subject>;
}

/** A node as most engines are told of it: its inputs, each a literal or the id of the node that feeds it. */
export interface WiredNode {
  readonly id: string;
  a: number | string;
  b: number | string;
}

/** The nodes of a flow with what feeds them, each after those that do. */
export function wiredNodes({ nodes, edges }: FlowDocument): readonly WiredNode[] {
  const wired = new Map<string, WiredNode>();
  for (const [id, { inputs }] of Object.entries(nodes)) {
    wired.set(id, { id, a: (inputs?.a as number | undefined) ?? 0, b: (inputs?.b as number | undefined) ?? 0 });
  }
  for (const { source, target, targetPort } of Object.values(edges)) {
    const node = wired.get(target);
    if (node) node[targetPort as 'a' | 'b'] = source;
  }
  return [...wired.values()];
}

/** The nodes that feed no other: who asks for these asks for everything. */
export function sinksOf(nodes: readonly WiredNode[]): readonly WiredNode[] {
  const feeding = new Set(nodes.flatMap(({ a, b }) => [a, b]));
  return nodes.filter(({ id }) => !feeding.has(id));
}

/** The first and the last of a list that is not empty. */
export function endsOf<Item>(items: readonly Item[]): readonly [Item, Item] {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) throw new Error('The flow is empty.');
  return [first, last];
}
