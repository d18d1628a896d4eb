import type { FlowDocument, Json, NodeId } from '@loom/graph';
import type { Run } from '../api.js';
import type { Clock } from '../clock.js';
import type { RunStatus } from '../event.js';
import type { NodeError } from '../node-error.js';
import type { EventSource } from './event-source.js';

/** How a flow goes live. */
export interface LiveOptions {
  /** Sources beside the ones that are always there, `timer` and `host`. @default [] */
  readonly sources?: readonly EventSource[];
  /** Values for promoted inputs by name, for every child run. */
  readonly inputs?: Readonly<Record<string, Json>>;
  /** The time that each child run may take. @default the document's setting, else none */
  readonly timeoutMs?: number;
  /** What each child run does after an error. @default the document's setting, else 'continue' */
  readonly onError?: 'continue' | 'stop';
  /** Receives each child run as it begins. Without it they do not pause at breakpoints, for nobody could resume them. */
  readonly onRun?: (run: Run) => void;
  /** @default the platform's */
  readonly clock?: Clock;
  /** Hears faults of listeners. @default console.error */
  readonly onListenerError?: (error: unknown) => void;
}

/** Why firings began no run. */
export type DropCode =
  /** A run of the node went on, and its policy is `drop`. */
  | 'event/busy'
  /** A newer firing took its place: the policy is `latest`. */
  | 'event/overtaken'
  /** Too many were waiting; the oldest had to go. */
  | 'event/overflow'
  /** The node failed, or was removed or muted, or the live flow stopped, before their turn came. */
  | 'event/stopped';

/** Everything that a live flow says. What happens inside of its child runs is told by the engine. */
export type LiveEvent = { readonly at: number } & (
  | { readonly kind: 'source-started'; readonly node: NodeId }
  | { readonly kind: 'source-stopped'; readonly node: NodeId }
  /** Its source failed, is missing, or could not be released; or its child runs cannot begin. */
  | { readonly kind: 'event-failed'; readonly node: NodeId; readonly error: NodeError }
  /** `firing` counts the firings of the node from 0. */
  | { readonly kind: 'firing-started'; readonly node: NodeId; readonly firing: number; readonly runId: string }
  | {
      readonly kind: 'firing-finished';
      readonly node: NodeId;
      readonly firing: number;
      readonly runId: string;
      readonly status: RunStatus;
      /** Only for a fault of the engine itself. */
      readonly error?: NodeError;
    }
  /** Told together for all that were dropped in one turn. */
  | { readonly kind: 'firings-dropped'; readonly node: NodeId; readonly count: number; readonly code: DropCode }
  | { readonly kind: 'live-stopped' }
);

/** An event node of a live flow. */
export type LiveNodeState = {
  /** How often it has fired. */
  readonly fired: number;
  /** Child runs that go on. */
  readonly running: number;
  readonly waiting: number;
  readonly dropped: number;
} & (
  | { readonly status: 'starting' | 'listening' | 'stopped' }
  | { readonly status: 'error'; readonly error: NodeError }
);

/** A live flow at one moment. */
export interface LiveState {
  readonly status: 'live' | 'stopping' | 'stopped';
  readonly nodes: ReadonlyMap<NodeId, LiveNodeState>;
}

/** A flow whose event nodes listen. */
export interface LiveFlow {
  /** The same object until something changes. */
  readonly state: LiveState;
  /**
   * Fires the host events of this name.
   *
   * @returns how many nodes it reached; what they do with it is up to their policy
   * @throws LoomError `event/not-json` when the payload is no JSON
   */
  emit(name: string, payload?: Json): number;
  /** Goes on with a changed document. Only sources whose node changed start anew; child runs end with their old document. */
  update(document: FlowDocument): void;
  /**
   * Stops the sources, drops what waits and cancels child runs. Resolves when all of it has ended; a source that does not
   * stop within five seconds is left behind. Calling it again gives the same promise.
   */
  stop(): Promise<void>;
  /** Receives events in groups, in order; what is told in the turn of its beginning reaches who subscribes in that turn. */
  subscribe(listener: (events: readonly LiveEvent[]) => void): () => void;
}
