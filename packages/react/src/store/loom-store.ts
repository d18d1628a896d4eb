import type { Engine } from '@loom/engine';
import {
  type CreateId,
  createId as createRandomId,
  emptyDocument,
  type FlowDocument,
  type Library,
  type NodeId,
  nodeTypeOf,
} from '@loom/graph';
import { createStore as createVanillaStore } from 'zustand/vanilla';
import { knownPath, openedGraph } from '../subgraph/opened-graph.js';
import {
  type ChangeListener,
  createDocumentActions,
  type DocumentActions,
  type DocumentChange,
  initialDocumentState,
} from './document-slice.js';
import { everyFrame, type Schedule } from './flush-schedule.js';
import { afterEdits, createFreshness } from './freshness.js';
import { createRunActions, initialRunSlice, type RunActions } from './run-slice.js';
import { emptySelection, pruneSelection, selectionAfterTravel } from './selection.js';
import { initialSession, type Notice, type Panels, type SessionState } from './session.js';
import { createSessionActions, type SessionActions } from './session-slice.js';
import type { DocumentState, LoomState } from './state.js';

/** What a store starts with. */
export interface LoomStoreOptions {
  /** @default an empty document */
  readonly document?: FlowDocument;
  readonly library: Library;
  /** What runs the flow. Without one the editor only edits. */
  readonly engine?: Engine | undefined;
  /** @default random ids */
  readonly createId?: CreateId;
  /** @default false */
  readonly readOnly?: boolean;
  /** Milliseconds; tells bursts of typing apart. @default Date.now */
  readonly now?: () => number;
  /** When events of the engine are taken in. @default once per drawn frame */
  readonly schedule?: Schedule;
  /** When results are compared with an edited flow. @default once edits have paused */
  readonly scheduleStale?: Schedule;
  /** Whether the store listens to its engine at once, until {@link LoomStore.dispose}. @default true */
  readonly connect?: boolean;
  /** Parts of the session to start with, such as which panels are open. */
  readonly session?: Partial<Pick<SessionState, 'viewport' | 'bottomTab'>> & { readonly panels?: Partial<Panels> };
}

/** Tells the state and how to change it. One per editor; nothing is shared between two. */
export interface LoomStore extends DocumentActions, SessionActions, RunActions {
  getState(): LoomState;
  /** Called after every change. Returns what ends it. */
  subscribe(listener: (state: LoomState, previous: LoomState) => void): () => void;
  /** Called after each change that the editor made to its document. Returns what ends it. */
  subscribeChanges(listener: ChangeListener): () => void;
  /** Called with each notice. Returns what ends it. */
  subscribeNotices(listener: (notice: Notice) => void): () => void;
  readonly createId: CreateId;
  /** Stops listening to the engine. The engine itself belongs to whoever made it. Twice is fine. */
  dispose(): void;
}

/**
 * Makes the store of one editor: the document with its history, the session, and what is known of runs.
 *
 * @example
 * ```ts
 * const store = createLoomStore({ library: createLibrary({}) });
 * const result = store.dispatch(
 *   [{ kind: 'add-node', id: 'a', node: { type: 'app/add', position: { x: 0, y: 0 } } }],
 *   { label: 'Add node' },
 * );
 * if (!result.ok) console.log(result.error.message);
 * store.undo();
 * ```
 */
export function createLoomStore(options: LoomStoreOptions): LoomStore {
  const createId = options.createId ?? createRandomId;
  const document = options.document ?? emptyDocument;
  const api = createVanillaStore<LoomState>(() => ({
    flow: initialDocumentState(document, options.library, options.readOnly ?? false),
    session: {
      ...initialSession,
      ...options.session,
      panels: { ...initialSession.panels, ...options.session?.panels },
    },
    runs: initialRunSlice(options.engine),
  }));
  const changeListeners = new Set<ChangeListener>();
  const noticeListeners = new Set<(notice: Notice) => void>();

  const session = createSessionActions(
    {
      read: () => api.getState().session,
      write: (next) => api.setState({ session: next }),
      document: () => openedGraph(api.getState().flow.document, api.getState().session.path),
    },
    (notice) => callEach(noticeListeners, (listener) => listener(notice)),
  );

  const flow = createDocumentActions({
    read: () => api.getState().flow,
    write(next, cause, select) {
      const state = api.getState();
      const session = followDocument(state.session, state.flow, next, cause);
      const selection = select && { ...emptySelection, ...select };
      api.setState({ flow: next, session: selection ? { ...session, selection, port: undefined } : session });
      if (state.flow.document !== next.document || state.flow.library !== next.library) freshness.edited();
      if (state.flow.document !== next.document) follow(next.document, cause === 'replace');
    },
    now: options.now ?? Date.now,
    notify(changed: FlowDocument, change: DocumentChange, previous: DocumentState) {
      callEach(changeListeners, (listener) => listener(changed, change, previous));
    },
  });

  const freshness = createFreshness({
    flow: () => api.getState().flow,
    run: () => api.getState().runs.run,
    kept: () => api.getState().runs.kept,
    shown: () => api.getState().runs,
    write: (found) => api.setState((state) => ({ runs: { ...state.runs, ...found } })),
    schedule: options.scheduleStale ?? afterEdits,
  });

  const { follow, ...runs } = createRunActions(
    {
      read: () => api.getState().runs,
      write: (next) => api.setState({ runs: next }),
      document: () => api.getState().flow.document,
      library: () => api.getState().flow.library,
      titleOf: (node) => nodeTitle(api.getState().flow, node),
      schedule: options.schedule ?? everyFrame,
      freshness,
      onStart: () => session.lookAtRun(undefined),
      onFault: (error) => session.notify(error instanceof Error ? error.message : String(error), 'error'),
    },
    options.engine,
  );

  let disconnect = options.connect === false ? undefined : runs.connect();
  return {
    ...flow,
    ...session,
    ...runs,
    getState: api.getState,
    subscribe: api.subscribe,
    subscribeChanges: (listener) => listen(changeListeners, listener),
    subscribeNotices: (listener) => listen(noticeListeners, listener),
    createId,
    dispose() {
      disconnect?.();
      disconnect = undefined;
    },
  };
}

/** The name of a node for people: its label, else the title of its type, else the id of its type. */
export function nodeTitle(flow: Pick<DocumentState, 'document' | 'library'>, id: NodeId): string {
  const node = flow.document.nodes[id];
  if (node === undefined) return id;
  return node.label ?? nodeTypeOf(flow.document, flow.library, node)?.title ?? node.type;
}

function followDocument(
  session: SessionState,
  before: DocumentState,
  after: DocumentState,
  cause: 'edit' | 'travel' | 'replace',
): SessionState {
  if (before.document === after.document) return session;
  const path = cause === 'replace' ? knownPath(after.document, []) : knownPath(after.document, session.path);
  const shown = openedGraph(after.document, path);
  const selection =
    cause === 'travel'
      ? selectionAfterTravel(session.selection, openedGraph(before.document, session.path), shown)
      : pruneSelection(session.selection, shown);
  const drag = session.drag && [...session.drag.keys()].some((id) => !(id in shown.nodes));
  const isSame = selection === session.selection && (path === session.path || path.length === session.path.length);
  const next = isSame ? session : { ...session, selection, path };
  return drag
    ? { ...next, drag: undefined, guides: [], frameDrag: undefined, dropInto: undefined, dropWire: undefined }
    : next;
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** One listener's fault never reaches another, nor the change that it was told of. */
function callEach<T>(listeners: ReadonlySet<T>, call: (listener: T) => void): void {
  for (const listener of [...listeners]) {
    try {
      call(listener);
    } catch (error) {
      reportFault(error);
    }
  }
}

function reportFault(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else console.error(error);
}
