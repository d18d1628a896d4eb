import { type KeyboardEvent, useCallback } from 'react';
import type { CommandSet } from '../commands/command-set.js';
import { isTextField } from './text-field.js';

/** Buttons answer to these themselves. */
const BUTTON_KEYS = new Set(['Enter', ' ']);
/** These act on the canvas and in the outline; elsewhere they belong to lists, menus and the reader's way through the page. */
const CANVAS_ONLY = /^(?:move\.|node\.|port\.|edit\.(?:delete|cancelWire|deselect|selectAll|duplicate))/;
/** Also where text is typed: they have no meaning for text. */
const EVERYWHERE: ReadonlySet<string> = new Set(['run.all', 'run.stop', 'file.save']);

const HISTORY: ReadonlySet<string> = new Set(['edit.undo', 'edit.redo']);

/** Turns keys into commands, only for what happens inside the editor and never in place of typing. */
export function useKeys(commands: CommandSet): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      if (event.defaultPrevented || event.nativeEvent.isComposing) return;
      const target = event.target as Element;
      selectFocused(commands, event);
      const id = commands.find(event.nativeEvent);
      if (id === undefined) return;
      if (isTextField(target) && !EVERYWHERE.has(id) && !(HISTORY.has(id) && hasNoHistory(target))) return;
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
  const target = event.target as Element;
  const id = target.getAttribute('data-id');
  if (id === null) return;
  const { store } = commands.context;
  if (target.classList.contains('react-flow__node')) store.select({ nodes: [id] });
  else if (target.classList.contains('react-flow__edge')) store.select({ edges: [id] });
  else return;
  event.preventDefault();
}

function isButton(target: Element): boolean {
  return target.closest('button, a[href], summary, [role="button"], [role="tab"], [role="option"]') !== null;
}

/** Fields that take keys but cannot undo by themselves. */
function hasNoHistory(target: Element): boolean {
  return target.matches('select, input[type="range"], input[type="checkbox"]');
}
