import type { FlowDocument } from './document.js';
import { applyChange, type Change, type Patch } from './patch.js';

/** One step of undo. */
export interface HistoryEntry {
  /** What the step did, for menus: `Delete 2 nodes`. */
  readonly label: string;
  readonly change: Change;
  readonly mergeKey?: string;
}

/** What can be undone and redone; the last of each list is next. Plain data beside the document, never in it. */
export interface History {
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
  /** Steps kept; the oldest go first. */
  readonly limit: number;
}

const defaultLimit = 200;

/**
 * An empty history.
 *
 * @param limit - Steps kept. @default 200
 * @example
 * ```ts
 * let history = createHistory(100);
 * ```
 */
export function createHistory(limit: number = defaultLimit): History {
  return { past: [], future: [], limit: Math.max(1, limit) };
}

/**
 * Adds a step, and forgets what could be redone. A step with the `mergeKey` of the one before becomes one with it:
 * typing a word is undone at once. A change that did nothing is no step.
 *
 * @example
 * ```ts
 * const applied = applyOperations(document, operations, { library });
 * if (applied.ok) history = record(history, { label: 'Type', change: applied.change, mergeKey: 'a.inputs.x' });
 * ```
 */
export function record(history: History, entry: HistoryEntry): History {
  if (entry.change.patches.length === 0) return history;
  const last = history.past.at(-1);
  const merges = entry.mergeKey !== undefined && last?.mergeKey === entry.mergeKey && history.future.length === 0;
  const past = merges
    ? [...history.past.slice(0, -1), { ...entry, change: mergeChanges(last.change, entry.change) }]
    : [...history.past, entry].slice(-history.limit);
  return { ...history, past, future: [] };
}

/** What undo and redo give back. */
export interface HistoryStep {
  readonly history: History;
  readonly document: FlowDocument;
  readonly label: string;
}

/**
 * Takes the last step back; undefined when there is none.
 *
 * @example
 * ```ts
 * const step = undo(history, document);
 * if (step) ({ history, document } = step);
 * ```
 */
export function undo(history: History, document: FlowDocument): HistoryStep | undefined {
  const entry = history.past.at(-1);
  if (!entry) return undefined;
  const next = { ...history, past: history.past.slice(0, -1), future: [...history.future, entry] };
  return { history: next, document: applyChange(document, entry.change.inverse), label: entry.label };
}

/**
 * Does the step again that was undone last; undefined when there is none.
 *
 * @example
 * ```ts
 * const step = redo(history, document);
 * if (step) ({ history, document } = step);
 * ```
 */
export function redo(history: History, document: FlowDocument): HistoryStep | undefined {
  const entry = history.future.at(-1);
  if (!entry) return undefined;
  const next = { ...history, past: [...history.past, entry], future: history.future.slice(0, -1) };
  return { history: next, document: applyChange(document, entry.change.patches), label: entry.label };
}

/**
 * Two changes as one. Where the second sets again what the first has set, as typing does, or holding an arrow key with
 * ten thousand nodes selected, only the first and the last values are kept.
 */
function mergeChanges(first: Change, second: Change): Change {
  const earlier = first.patches.slice(0, -second.patches.length);
  const again = first.patches.slice(-second.patches.length);
  const repeats =
    second.patches.every(
      ({ op, path }, at) => op === 'replace' && again[at]?.op !== 'remove' && isSamePath(again[at], path),
    ) &&
    second.inverse.length === second.patches.length &&
    second.inverse.every(({ path }, at) => isSamePath(first.inverse[at], path));
  if (!repeats)
    return { patches: [...first.patches, ...second.patches], inverse: [...second.inverse, ...first.inverse] };
  const last = again.map((patch, at) => ({ ...patch, value: second.patches[at]?.value }));
  return { patches: [...earlier, ...last], inverse: first.inverse };
}

function isSamePath(patch: Patch | undefined, path: Patch['path']): boolean {
  return patch?.path.length === path.length && patch.path.every((key, index) => key === path[index]);
}
