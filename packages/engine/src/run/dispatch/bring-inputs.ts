import type { PortId } from '@loom/graph';
import type { InputSource } from '../../executor.js';
import { faultFrom } from '../../fault.js';
import type { NodeError } from '../../node-error.js';
import { ELSEWHERE } from '../../plan/place-marks.js';
import { encodePortable } from '../../portable/encode.js';
import type { ValueRef } from '../../value.js';
import type { Frame } from '../frame.js';
import type { NodeRun } from './batching.js';
import type { Transfers } from './transfers.js';

/** Longer texts are moved once and not with every task. */
const MAX_TEXT = 1000;

/** Why inputs of a node could not be brought, and from which nodes these are. */
export interface NotBrought {
  readonly error: NodeError;
  readonly sources: Set<number>;
}

type Lacking = ReadonlyMap<NodeRun<Frame>, NotBrought>;

/** A value that must come from another executor before a node can be sent. */
interface Move {
  readonly run: NodeRun<Frame>;
  readonly edge: number;
  readonly ref: ValueRef;
}

/**
 * Brings to an executor what others hold of the inputs of nodes, side by side. Says for which nodes that did not work; undefined
 * when there is nothing to bring.
 */
export function bringInputs(
  runs: readonly NodeRun<Frame>[],
  executor: string,
  { transfers, isClosed }: { readonly transfers: Transfers; readonly isClosed: () => boolean },
): Promise<Lacking> | undefined {
  const first = runs.flatMap((run) => movesOf(run, executor, transfers));
  if (first.length === 0) return undefined;
  return bringAll(first);

  async function bringAll(moves: readonly Move[]): Promise<Lacking> {
    const lacking = new Map<NodeRun<Frame>, NotBrought>();
    const tried = new Map<NodeRun<Frame>, Set<number>>();
    let next = moves;
    while (next.length > 0 && !isClosed()) {
      for (const { run, edge } of next) tried.set(run, (tried.get(run) ?? new Set()).add(edge));
      await Promise.all(next.map((move) => bring(move, executor, transfers, lacking)));
      // A join that took the first value takes what came while that was brought too.
      next = runs
        .flatMap((run) => movesOf(run, executor, transfers))
        .filter(({ run, edge }) => !tried.get(run)?.has(edge));
    }
    return lacking;
  }
}

async function bring(
  { run, edge, ref }: Move,
  executor: string,
  transfers: Transfers,
  lacking: Map<NodeRun<Frame>, NotBrought>,
): Promise<void> {
  try {
    await transfers.move(ref, executor);
  } catch (thrown) {
    const cause = faultFrom(thrown, 'executor/fault');
    const { flow } = run.frame;
    const port = flow.edgeTargetPort[edge] as PortId; // an edge of the flow, here and below
    const title = flow.types[run.node]?.inputs.find((input) => input.id === port)?.title ?? port;
    const message = `The input "${title}" could not be brought from "${ref.executor}" to "${executor}": ${cause.message}`;
    const sources = lacking.get(run)?.sources ?? new Set();
    const error = { code: cause.code, message, frames: [], cause };
    lacking.set(run, { error, sources: sources.add(flow.edgeSource[edge] as number) });
  }
}

/** The inputs of a node that another executor holds and that have not been moved yet. */
function movesOf(run: NodeRun<Frame>, executor: string, transfers: Transfers): Move[] {
  const { inStart, inEdges } = run.frame.flow;
  const moves: Move[] = [];
  const end = inStart[run.node + 1] as number; // typed arrays of fixed length, here and below
  for (let k = inStart[run.node] as number; k < end; k++) {
    const edge = inEdges[k] as number;
    const ref = literalOf(run.frame, edge) ? undefined : heldAt(run.frame, edge);
    if (ref && ref.executor !== executor && !transfers.find(ref, executor)) moves.push({ run, edge, ref });
  }
  return moves;
}

/** The handle of the value that an edge brings; undefined when it brings none, or one that nobody holds. */
export function heldAt({ flow, book, tokens, edgeValues }: Frame, edge: number): ValueRef | undefined {
  if (!tokens.hasValue(edge)) return undefined;
  const own = edgeValues.get(edge);
  if (own) return own.summary?.ref;
  return book.outputsOf(flow.edgeSource[edge] as number)?.[flow.edgeSourcePort[edge] as PortId]?.ref;
}

/** A value of this realm that travels as it is: because it is small, or because nobody here gives it a handle. */
export function literalOf({ flow, book, tokens, edgeValues }: Frame, edge: number): InputSource | undefined {
  if (!tokens.hasValue(edge)) return undefined;
  const own = edgeValues.get(edge);
  if (own) return own.summary ? undefined : { kind: 'literal', value: encodePortable(own.value) };
  const { record } = book;
  const value = record.valueAt(flow.edgeSource[edge] as number, flow.edgeOutput[edge] as number); // an edge of the flow
  if (value === ELSEWHERE || !travelsAsLiteral(record, value)) return undefined;
  return { kind: 'literal', value: encodePortable(value) };
}

/** Whether a value of this realm goes with the task that needs it, rather than by its handle. */
export function travelsAsLiteral(record: { readonly givesHandles: boolean }, value: unknown): boolean {
  return !record.givesHandles || isScalar(value);
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
