import { bundleChild } from './engine/bundle.js';
import { type Case, type Contest, casesOf, isContest, OURS } from './engine/cases.js';
import { measureIsolated } from './engine/isolated.js';
import { installPeers } from './peers/install.js';
import { peerNames } from './peers/peers.js';
import type { BenchmarkOptions, Failure, Figure, Row } from './row.js';

/** A measure of ours takes some seconds. */
const OUR_LIMIT_MS = 180_000;

/** What others may take for one measure, the building of their flow included. */
const PEER_LIMIT_MS = 120_000;

/** Who takes so long for a run is not asked for ten times as much. */
const LONG_RUN_MS = 2_000;

async function ours(program: string, { id, limit }: Case): Promise<Row> {
  const message = await measureIsolated({ program, measure: id, contender: OURS, limitMs: OUR_LIMIT_MS });
  if ('figure' in message) return message.figure;
  return { id, error: message.error, ...(limit !== undefined && { limit }), ok: false };
}

/** Figures of others by id, to know who cannot be asked for more. */
class Peers {
  readonly #program: string;
  readonly #rows = new Map<string, Row>();

  constructor(program: string) {
    this.#program = program;
  }

  async measure({ id: measure, smaller }: Contest, contender: string): Promise<Row> {
    const id = `${measure}@${contender}`;
    const before = smaller === undefined ? undefined : this.#rows.get(`${smaller}@${contender}`);
    const reason = before && reasonAgainst(before);
    const row: Row = reason === undefined ? await this.#ask(measure, contender) : { id, error: reason, ok: true };
    this.#rows.set(id, row);
    return row;
  }

  async #ask(measure: string, contender: string): Promise<Row> {
    const message = await measureIsolated({
      program: this.#program,
      measure,
      contender,
      limitMs: PEER_LIMIT_MS,
    });
    const id = `${measure}@${contender}`;
    if ('error' in message) return { id, error: message.error, ok: true };
    // Limits are ours.
    const { limit: _limit, ...figure } = message.figure;
    return { ...figure, id, ok: true };
  }
}

function reasonAgainst(smaller: Figure | Failure): string | undefined {
  const measure = smaller.id.slice('engine/'.length).split('@')[0];
  if ('error' in smaller) return `not run: ${measure} says ${smaller.error}`;
  const ms = smaller.ms ?? 0;
  return ms > LONG_RUN_MS ? `not run: ${measure} takes ${(ms / 1000).toFixed(1)} s` : undefined;
}

/** What the engine costs, with states, events and staleness on, as users get it; and others beside it, if asked for. */
export default async function* engine({ only, peers }: BenchmarkOptions): AsyncGenerator<Row> {
  const chosen = casesOf(only);
  if (peers) installPeers();
  const { program, remove } = await bundleChild();
  const others = new Peers(program);
  try {
    for (const some of chosen) {
      yield await ours(program, some);
      if (!peers || !isContest(some)) continue;
      for (const name of peerNames) yield await others.measure(some, name);
    }
  } finally {
    remove();
  }
}
