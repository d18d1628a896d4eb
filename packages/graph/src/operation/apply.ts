import { cycleProblem, isAcyclicFrom } from '../connection/cycle.js';
import { findPorts } from '../connection/ports.js';
import type { Refusal } from '../connection/refusal.js';
import { downstreamMisfit, typeProblem } from '../connection/type-fit.js';
import { zoneProblem } from '../connection/zone-rule.js';
import type { FlowDocument, FlowEdge } from '../document.js';
import { assertNever, LoomError } from '../error.js';
import type { EdgeId } from '../id.js';
import type { Library } from '../library.js';
import type { TypedGraph } from '../node-typing.js';
import { type Change, withPlaces } from '../patch.js';
import { connect, disconnect, reorderEdges, setEdgeView } from './edges.js';
import { type Effect, TABLES } from './effect.js';
import { effectByDraft } from './effect-by-draft.js';
import { effectByTable } from './effect-by-table.js';
import { removeFrames, removeType, setFrame, setType, updateFlow } from './flow.js';
import { addNode, clearInput, moveNodes, removeNodes, setInput, updateNode } from './nodes.js';
import type { Operation } from './operation.js';
import { WorkingCopy } from './working-copy.js';
import { checkMoves } from './zone-moves.js';

/** The result of a transaction. */
export type ApplyResult =
  | { readonly ok: true; readonly document: FlowDocument; readonly change: Change }
  /** `error.context` has the `index` and `kind` of the operation that was refused. */
  | { readonly ok: false; readonly error: LoomError };

/**
 * Carries out operations as one transaction: all, or none of them. The document given is never changed; what the
 * operations do not touch is shared with the result. An operation that changes nothing leaves no patch, and with no
 * patch at all the document comes back as it is.
 *
 * @example
 * ```ts
 * const result = applyOperations(document, [{ kind: 'set-input', id: 'a', port: 'x', value: 3 }], { library });
 * if (result.ok) setDocument(result.document);
 * else showHint(result.error.message);
 * ```
 */
export function applyOperations(
  document: FlowDocument,
  operations: readonly Operation[],
  options: { readonly library: Library },
): ApplyResult {
  const copy = new WorkingCopy(document);
  for (const [index, operation] of operations.entries()) {
    const error = attempt(() => carryOut(copy, operation, options.library));
    if (error) return { ok: false, error: inOperation(error, index, operation) };
  }
  const { document: next, patches, inverse } = effectOf(copy);
  if (patches.length === 0) return { ok: true, document, change: { patches: [], inverse: [] } };
  const move = checkMoves(document, next, operations);
  const refused = move
    ? inOperation(move.error, move.index, move.operation)
    : checkConnections(next, copy, operations, options.library);
  if (refused) return { ok: false, error: refused };
  return { ok: true, document: next, change: { patches, inverse: withPlaces(inverse, document) } };
}

/** Above this a draft costs more than all the rest of an edit. */
const MANY_WRITES = 64;

function effectOf(copy: WorkingCopy): Effect {
  const writes = TABLES.reduce((sum, name) => sum + copy[name].writes.size, 0);
  return writes > MANY_WRITES ? effectByTable(copy) : effectByDraft(copy);
}

export function carryOut(copy: WorkingCopy, operation: Operation, library: Library): void {
  switch (operation.kind) {
    case 'add-node':
      addNode(copy, operation);
      break;
    case 'remove-nodes':
      removeNodes(copy, operation);
      break;
    case 'move-nodes':
      moveNodes(copy, operation);
      break;
    case 'update-node':
      updateNode(copy, operation);
      break;
    case 'set-input':
      setInput(copy, operation);
      break;
    case 'clear-input':
      clearInput(copy, operation);
      break;
    case 'connect':
      connect(copy, library, operation);
      break;
    case 'disconnect':
      disconnect(copy, operation);
      break;
    case 'reorder-edges':
      reorderEdges(copy, operation);
      break;
    case 'set-edge-view':
      setEdgeView(copy, operation);
      break;
    case 'set-type':
      setType(copy, operation);
      break;
    case 'remove-type':
      removeType(copy, operation);
      break;
    case 'set-frame':
      setFrame(copy, operation);
      break;
    case 'remove-frames':
      removeFrames(copy, operation);
      break;
    case 'update-flow':
      updateFlow(copy, operation);
      break;
    default:
      assertNever(operation, 'operation');
  }
}

function attempt(action: () => void): LoomError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof LoomError) return error;
    // Operations may come over a wire: one of the wrong shape is refused like one of the wrong content.
    return new LoomError('operation/invalid', 'The operation does not have the fields that its kind needs.', {
      cause: error,
    });
  }
}

function inOperation(error: LoomError, index: number, operation: Operation): LoomError {
  const context = { ...error.context, index, kind: operation?.kind };
  return new LoomError(error.code, error.message, { cause: error.cause, context });
}

/** Above this, one pass over all that the wires feed is cheaper than a search for each of them. */
const manyWires = 8;

/** Checks the wires that were added, on the document as it would be. */
function checkConnections(
  document: FlowDocument,
  copy: WorkingCopy,
  operations: readonly Operation[],
  library: Library,
): LoomError | undefined {
  const added = [...operations.entries()].flatMap(([index, operation]) => {
    const edge = operation.kind === 'connect' ? copy.edges.get(operation.id) : undefined;
    return operation.kind === 'connect' && edge ? [{ index, operation, edge }] : [];
  });
  const graph = { document, library };
  const acyclic =
    added.length > manyWires &&
    isAcyclicFrom(
      document,
      added.map(({ edge }) => edge),
    );
  for (const { index, operation, edge } of added) {
    const self = new Set([operation.id]);
    const problem =
      (operation.force ? undefined : fitProblem(graph, edge, self)) ??
      (acyclic ? undefined : cycleProblem(document, edge, self));
    if (problem) return refused(problem, operation, index);
  }
  const checked = added.filter(({ operation }) => !operation.force);
  const targets = checked.map(({ edge }) => edge.target);
  const misfit = downstreamMisfit({ document: copy.base, library }, graph, targets);
  const blamed = misfit && checked.find(({ edge }) => edge.target === misfit.origin);
  return misfit && blamed && refused(misfit.refusal, blamed.operation, blamed.index);
}

function refused(problem: Refusal, operation: Extract<Operation, { kind: 'connect' }>, index: number): LoomError {
  return inOperation(
    new LoomError(problem.code, problem.reason, { context: { edge: operation.id } }),
    index,
    operation,
  );
}

function fitProblem(graph: TypedGraph, edge: FlowEdge, self: ReadonlySet<EdgeId>): Refusal | undefined {
  const ports = findPorts(graph.document, graph.library, edge);
  return 'ok' in ports ? ports : (zoneProblem(graph.document, edge) ?? typeProblem(graph, edge, ports, self));
}
