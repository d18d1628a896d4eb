import {
  applyOperations,
  type Change,
  createHistory,
  type FlowDocument,
  type History,
  type HistoryStep,
  type Library,
  LoomError,
  type Operation,
  record,
  redo,
  undo,
} from '@loom/graph';
import { createBursts } from './history-burst.js';
import type { Selection } from './selection.js';
import type { DocumentState } from './state.js';

/** How a change is named and grouped in the history. */
export interface DispatchOptions {
  /** For people, in the tooltip of undo: `Connect`, `Move 3 nodes`. */
  readonly label: string;
  /** Changes in a row with the same key become one undo step, such as typing into one field. */
  readonly mergeKey?: string;
  /** What is selected afterwards. Written with the change, so that nothing is drawn in between. */
  readonly select?: Partial<Selection>;
}

/** What came of a dispatch. A refusal leaves everything as it was, and says why in words for people. */
export type DispatchResult =
  | { readonly ok: true; readonly document: FlowDocument; readonly change: Change }
  | { readonly ok: false; readonly error: LoomError };

/** A change that the editor made to its document. */
export interface DocumentChange {
  /** `edit`: operations. `open`: a file took the place of the document, and the history began anew. */
  readonly kind: 'edit' | 'undo' | 'redo' | 'open';
  readonly label: string;
  /** Set when the change continues, or may be continued by, others of the same gesture. */
  readonly mergeKey?: string;
  /** The patches of an edit, with their inverse. */
  readonly change?: Change;
}

/** Told after each change that the editor made, never about documents that the app put in. */
export type ChangeListener = (document: FlowDocument, change: DocumentChange, previous: DocumentState) => void;

/** What the document slice needs of the store around it. */
export interface DocumentHost {
  read(): DocumentState;
  write(next: DocumentState, cause: 'edit' | 'travel' | 'replace', select?: Partial<Selection>): void;
  now(): number;
  notify(document: FlowDocument, change: DocumentChange, previous: DocumentState): void;
}

/** Everything that changes the document or its history. */
export interface DocumentActions {
  dispatch(operations: readonly Operation[], options: DispatchOptions): DispatchResult;
  undo(): boolean;
  redo(): boolean;
  /** Undoes (negative) or does again so many steps, as one change of the document. False when there is none. */
  travel(steps: number): boolean;
  /** Puts a document of the app in place: history begins anew unless one is given, and no listener is told. */
  replaceDocument(document: FlowDocument, history?: History): void;
  /** Puts an opened file in place: listeners are told. */
  openDocument(document: FlowDocument): void;
  /** Ends the undo step that typing or nudging built up so far. */
  endBurst(): void;
  setLibrary(library: Library): void;
  setReadOnly(readOnly: boolean): void;
}

/** The start of a document slice. */
export function initialDocumentState(document: FlowDocument, library: Library, readOnly: boolean): DocumentState {
  return { document, history: createHistory(), library, readOnly };
}

/** Makes the actions of the document slice. */
export function createDocumentActions(host: DocumentHost): DocumentActions {
  const bursts = createBursts(host.now);

  function travel(steps: number): boolean {
    const before = host.read();
    if (before.readOnly) return false;
    const kind = steps < 0 ? 'undo' : 'redo';
    let last: HistoryStep | undefined;
    for (let left = Math.abs(steps); left > 0; left -= 1) {
      const { history, document } = last ?? before;
      const step = (kind === 'undo' ? undo : redo)(history, document);
      if (step === undefined) break;
      last = step;
    }
    if (last === undefined) return false;
    bursts.end();
    host.write({ ...before, document: last.document, history: last.history }, 'travel');
    host.notify(last.document, { kind, label: last.label }, before);
    return true;
  }

  return {
    dispatch(operations, { label, mergeKey, select }) {
      const before = host.read();
      if (before.readOnly) {
        return { ok: false, error: new LoomError('editor/read-only', 'This flow can only be read here.') };
      }
      const result = applyOperations(before.document, operations, { library: before.library });
      if (!result.ok) return result;
      if (result.document === before.document || result.change.patches.length === 0) return result;
      const key = mergeKey === undefined ? undefined : bursts.key(mergeKey);
      if (key === undefined) bursts.end();
      const history = record(before.history, {
        label,
        change: result.change,
        ...(key === undefined ? {} : { mergeKey: key }),
      });
      host.write({ ...before, document: result.document, history }, 'edit', select);
      const change: DocumentChange = {
        kind: 'edit',
        label,
        change: result.change,
        ...(key === undefined ? {} : { mergeKey: key }),
      };
      host.notify(result.document, change, before);
      return result;
    },
    undo: () => travel(-1),
    redo: () => travel(1),
    travel,
    replaceDocument(document, history) {
      const before = host.read();
      if (document === before.document && history === undefined) return;
      bursts.end();
      host.write({ ...before, document, history: history ?? createHistory() }, 'replace');
    },
    openDocument(document) {
      const before = host.read();
      bursts.end();
      host.write({ ...before, document, history: createHistory() }, 'replace');
      host.notify(document, { kind: 'open', label: document.title ?? '' }, before);
    },
    endBurst: () => bursts.end(),
    setLibrary(library) {
      const before = host.read();
      if (before.library !== library) host.write({ ...before, library }, 'replace');
    },
    setReadOnly(readOnly) {
      const before = host.read();
      if (before.readOnly !== readOnly) host.write({ ...before, readOnly }, 'replace');
    },
  };
}
