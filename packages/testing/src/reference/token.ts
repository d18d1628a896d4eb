import type { NodeId, PortId } from '@loom/graph';

/** What a wire carries. `blames` are the nodes where it may have begun: of several equals any may be named. */
export type Token =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'skipped' | 'error'; readonly blames: ReadonlySet<NodeId> };

/** The tokens that a node puts on its outputs. */
export type TokensByPort = (port: PortId) => Token;

/** Items that come one after another; with a failure it broke off after them. */
export class ItemStream {
  readonly items: readonly unknown[];
  readonly failure: StreamFailure | undefined;
  /** Closed when all who read it had left: nobody can say after which item. */
  readonly isClosed: boolean;

  constructor(items: readonly unknown[], failure?: StreamFailure, isClosed = false) {
    this.items = items;
    this.failure = failure;
    this.isClosed = isClosed;
  }

  get closed(): ItemStream {
    return new ItemStream(this.items, this.failure, true);
  }
}

/** Which node broke a stream off. */
export interface StreamFailure {
  readonly blames: ReadonlySet<NodeId>;
}

export function valueToken(value: unknown): Token {
  return { kind: 'value', value };
}

export function skippedToken(blame: NodeId): Token {
  return { kind: 'skipped', blames: new Set([blame]) };
}

export function errorToken(blame: NodeId): Token {
  return { kind: 'error', blames: new Set([blame]) };
}

/** The token of what does not fire: an error weighs more than a skip, and any of the nodes that began it may be named. */
export function worstToken(tokens: readonly Token[]): Exclude<Token, { kind: 'value' }> | undefined {
  for (const kind of ['error', 'skipped'] as const) {
    const blames = tokens.flatMap((token) => (token.kind === kind ? [...token.blames] : []));
    if (blames.length > 0) return { kind, blames: new Set(blames) };
  }
  return undefined;
}
