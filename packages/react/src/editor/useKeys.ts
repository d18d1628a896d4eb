import { type KeyboardEvent, useCallback } from 'react';
import type { CommandSet } from '../commands/command-set.js';
import { isTextField } from './text-field.js';

/** Buttons answer to these themselves. */
const BUTTON_KEYS = new Set(['Enter', ' ']);
/** These act on the canvas and in the outline; elsewhere they belong to lists, menus and the reader's way through the page. */
const CANVAS_ONLY = /^(?:move\.|node\.|port\.|edit\.(?:delete|cancelWire|deselect|selectAll|duplicate))/;
/** What these are about is what the reader went to by keys, if that is not selected yet. */
const ABOUT_SELECTION =
  /^(?:move|node|zone|wire|frame|subgraph|run\.(?:selection|from|only)|edit\.(?:delete|cut|copy|duplicate)|view\.(?:menu|fitSelection))/;
/** Also where text is typed, by keys that have no meaning for text. */
const EVERYWHERE = /^(?:run\.(?:all|changed|stop|pause|resume|step|locate|earlier|later)|file\.save)$/;

const HISTORY: ReadonlySet<string> = new Set(['edit.undo', 'edit.redo']);

/** Turns keys into commands, only for what happens inside the editor and never in place of typing. */
export function useKeys(commands: CommandSet): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      if (event.defaultPrevented || event.nativeEvent.isComposing) return;
      const target = event.target as Element;
      selectFocused(commands, event);
      if (commands.meant(event.nativeEvent).some((id) => ABOUT_SELECTION.test(id))) selectUnder(commands, target);
      const id = commands.find(event.nativeEvent);
      if (id === undefined) return;
      if (isTextField(target) && !isForEverywhere(id, event) && !(HISTORY.has(id) && hasNoHistory(target))) return;
      if (BUTTON_KEYS.has(event.key) && !event.ctrlKey && !event.metaKey && !event.shiftKey && isButton(target)) return;
      const canvas = target.closest('.loom-canvas');
      const isFlow = canvas !== null || target.closest('.loom-outline') !== null;
      if (!isFlow && CANVAS_ONLY.test(id) && target !== event.currentTarget) return;
      // Tab searches for someone who has just clicked the canvas; who goes through the page by keys must get on.
      if (event.key === 'Tab' && !(target === canvas && canvas.getAttribute('data-pointed') === 'true')) return;
      event.preventDefault();
      commands.run(id);
    },
    [commands],
  );
}

/** Enter or Space on a node or wire that the reader went to by keys selects it; Enter then opens it. */
function selectFocused(commands: CommandSet, event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (selectUnder(commands, event.target as Element, true)) event.preventDefault();
}

const FOCUSABLE = [
  ['react-flow__node', 'nodes'],
  ['react-flow__edge', 'edges'],
  ['loom-frame', 'frames'],
] as const;

/** Selects the node, wire or frame that has the focus, unless it is already, among others. Tells whether the focus is on one. */
function selectUnder({ context: { store } }: CommandSet, target: Element, alone = false): boolean {
  const id = target.getAttribute('data-id') ?? target.getAttribute('data-frame');
  const kind = FOCUSABLE.find(([name]) => target.classList.contains(name))?.[1];
  if (id === null || kind === undefined) return false;
  if (alone || !store.getState().session.selection[kind].has(id)) store.select({ [kind]: [id] });
  return true;
}

/** Whoever gave one of these commands a letter, or Shift and Enter, still types that into a field. */
function isForEverywhere(id: string, { key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return EVERYWHERE.test(id) && (ctrlKey || metaKey || /^F\d/.test(key) || (altKey && key.startsWith('Page')));
}

function isButton(target: Element): boolean {
  return target.closest('button, a[href], summary, [role="button"], [role="tab"], [role="option"]') !== null;
}

/** Fields that take keys but cannot undo by themselves. */
function hasNoHistory(target: Element): boolean {
  return target.matches('button, select, input[type="range"], input[type="checkbox"]');
}
