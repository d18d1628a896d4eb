import type { OutputSummary, RunState } from '@loom/engine';
import type { Json, NodeId, PortId } from '@loom/graph';
import { useCallback } from 'react';
import { useEditor } from '../editor/context.js';
import { useMessages } from '../messages/messages.js';
import type { LoomHandle } from '../parts/handle.js';
import type { Selection } from '../store/selection.js';
import type { LoomState } from '../store/state.js';
import { useLoomStore } from './context.js';
import { useLoom, useShownRun } from './useLoom.js';

/**
 * What is selected.
 *
 * @example
 * ```tsx
 * function Selected() {
 *   return <p>{useSelection().nodes.size} selected</p>;
 * }
 * ```
 */
export function useSelection(): Selection {
  return useLoom((state) => state.session.selection);
}

/** Where the flow's runs stand. */
export interface RunOverview {
  /** Of the newest run; `idle` before the first. */
  readonly status: RunState['status'];
  readonly running: boolean;
  readonly paused: boolean;
  /** Event nodes listen. */
  readonly live: boolean;
  /** False when no engine was given. */
  readonly runnable: boolean;
}

/**
 * Where the flow's runs stand; renders when one of these changes, not with each node.
 *
 * @example
 * ```tsx
 * function Light() {
 *   const { running, status } = useRun();
 *   return <span>{running ? 'Running' : status}</span>;
 * }
 * ```
 */
export function useRun(): RunOverview {
  const status = useLoom(({ runs }) => runs.run.status);
  const running = useLoom(({ runs }) => runs.running);
  const paused = useLoom(({ runs }) => runs.running && runs.run.paused !== undefined);
  const live = useLoom(({ runs }) => runs.live !== undefined);
  const runnable = useLoom(({ runs }) => runs.runnable);
  return { status, running, paused, live, runnable };
}

/**
 * What can be taken back and done again, by the names of the steps; undefined where there is none.
 *
 * @example
 * ```tsx
 * function Undoable() {
 *   const { undo } = useHistory();
 *   return <p>{undo === undefined ? 'Nothing to undo' : `Undo: ${undo}`}</p>;
 * }
 * ```
 */
export function useHistory(): {
  readonly undo: string | undefined;
  readonly redo: string | undefined;
} {
  const undo = useLoom(({ flow }) => flow.history.past.at(-1)?.label);
  const redo = useLoom(({ flow }) => flow.history.future.at(-1)?.label);
  return { undo, redo };
}

/**
 * What an output gave in the run that is shown: its type, shape and preview. Undefined before there is a value.
 *
 * @example
 * ```tsx
 * function Result({ id }: { id: string }) {
 *   return <output>{String(usePortValue(id, 'result')?.preview.data['text/plain'] ?? '')}</output>;
 * }
 * ```
 */
export function usePortValue(node: NodeId, port: PortId): OutputSummary | undefined {
  return useShownRun(node)?.outputs?.[port];
}

/**
 * The literal of an input and what sets it, with one undo step for changes in quick succession; `undefined` clears it.
 *
 * @example
 * ```tsx
 * function Threshold({ id }: { id: string }) {
 *   const [value, setValue] = useInput(id, 'threshold');
 *   return <input type="range" value={Number(value ?? 0)} onChange={(event) => setValue(Number(event.target.value))} />;
 * }
 * ```
 */
export function useInput(node: NodeId, port: PortId): readonly [Json | undefined, (value: Json | undefined) => void] {
  const store = useLoomStore();
  const messages = useMessages();
  const value = useLoom(
    useCallback((state: LoomState) => state.flow.document.nodes[node]?.inputs?.[port], [node, port]),
  );
  const set = useCallback(
    (next: Json | undefined) => {
      const result = store.dispatch(
        [
          next === undefined
            ? { kind: 'clear-input', id: node, port }
            : { kind: 'set-input', id: node, port, value: next },
        ],
        { label: messages.changeInput(port), mergeKey: `input:${node}:${port}` },
      );
      if (!result.ok) store.notify(result.error.message, 'warning');
    },
    [store, node, port, messages],
  );
  return [value, set];
}

/** A command as a button needs it. */
export interface CommandState {
  readonly title: string;
  readonly keys: readonly string[];
  /** Whether it can do anything now. */
  readonly enabled: boolean;
  readonly run: () => boolean;
}

/**
 * A command of the editor or of the app by its name, for buttons of an app.
 *
 * @example
 * ```tsx
 * function RunButton() {
 *   const { title, enabled, run } = useCommand('run.all');
 *   return <button disabled={!enabled} onClick={run}>{title}</button>;
 * }
 * ```
 */
export function useCommand(id: string): CommandState {
  const { commands } = useEditor();
  // Its name depends on the language.
  useMessages();
  const enabled = useLoom(() => commands.isEnabled(id));
  const run = useCallback(() => commands.run(id), [commands, id]);
  return { title: commands.titleOf(id), keys: commands.keysOf(id), enabled, run };
}

/**
 * The handle of the editor around: the same that a ref gives.
 *
 * @example
 * ```tsx
 * function Home() {
 *   const loom = useLoomHandle();
 *   return <button onClick={() => loom.fitView()}>Show everything</button>;
 * }
 * ```
 */
export function useLoomHandle(): LoomHandle {
  return useEditor().handle;
}
