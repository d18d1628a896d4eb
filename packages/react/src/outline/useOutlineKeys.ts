import { type KeyboardEvent, useCallback } from 'react';
import { useEditor } from '../editor/context.js';
import { reorderWire } from '../wires/reorder.js';
import type { OutlineRow } from './outline-rows.js';

/** What keys of the outline act on. */
export interface OutlineMoves {
  readonly rows: readonly OutlineRow[];
  readonly current: number;
  /** How many rows fit into the panel. */
  readonly page: number;
  go(index: number, extend?: boolean): void;
  toggle(row: OutlineRow): void;
  /** Opens the field for the value of an input. */
  edit(row: OutlineRow): void;
  openMenu(row: OutlineRow): void;
}

/** The keys of the tree. Those that it does not take are those of the editor: they act on what is selected. */
export function useOutlineKeys(moves: OutlineMoves): (event: KeyboardEvent<HTMLElement>) => void {
  const { commands, store } = useEditor();
  return useCallback(
    (event) => {
      const row = moves.rows[moves.current];
      if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const act = plain ? walk(event) : event.altKey ? order(event.key) : undefined;
      if (act === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      act();

      function walk({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
        const last = moves.rows.length - 1;
        const to = (index: number) => () => moves.go(Math.max(0, Math.min(last, index)), shiftKey);
        if (key === 'ArrowDown') return to(moves.current + 1);
        if (key === 'ArrowUp') return to(moves.current - 1);
        if (key === 'Home') return to(0);
        if (key === 'End') return to(last);
        if (key === 'PageDown') return to(moves.current + moves.page);
        if (key === 'PageUp') return to(moves.current - moves.page);
        if (row === undefined) return undefined;
        if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return () => moves.openMenu(row);
        if (shiftKey) return undefined;
        if (key === 'ArrowRight') return row.isOpen === false ? () => moves.toggle(row) : to(moves.current + 1);
        if (key === 'ArrowLeft') return row.isOpen === true ? () => moves.toggle(row) : to(parentOf(moves));
        if (key === 'Enter') return () => enter(row);
        if (key === 'Delete' || key === 'Backspace') return () => remove(row);
        return undefined;
      }

      /** What one most likely wants of a row. */
      function enter(at: OutlineRow): void {
        if (at.kind === 'frame') commands.run('frame.edit');
        else if (at.kind === 'node') commands.run('node.inspect');
        else if (at.kind === 'wire') follow(at);
        else if (at.at.side === 'source') commands.run('node.connect');
        else moves.edit(at);
      }

      /** To the other end of a wire. */
      function follow({ id, at }: Extract<OutlineRow, { kind: 'wire' }>): void {
        const edge = store.getState().flow.document.edges[id];
        if (edge !== undefined) store.select({ nodes: [at.side === 'target' ? edge.source : edge.target] });
      }

      function remove(at: OutlineRow): void {
        if (at.kind === 'port') commands.run(at.wires.length > 0 ? 'port.disconnect' : 'port.clear');
        else commands.run('edit.delete');
      }

      function order(key: string): (() => void) | undefined {
        if (row?.kind !== 'wire' || (key !== 'ArrowUp' && key !== 'ArrowDown')) return undefined;
        return () => reorderWire(commands.context, row.at, row.id, key === 'ArrowUp' ? -1 : 1);
      }
    },
    [moves, commands, store],
  );
}

/** The row that the current one lies under. */
function parentOf({ rows, current }: OutlineMoves): number {
  const level = rows[current]?.level ?? 1;
  for (let index = current - 1; index >= 0; index -= 1) if ((rows[index]?.level ?? 1) < level) return index;
  return current;
}
