import type { PortId } from '@loom/graph';
import type { CommandContext } from './command.js';

/** The parts of the editor in the order in which F6 goes through them. */
const PARTS = ['.loom-toolbar', '.loom-library', '.loom-outline', '.loom-canvas', '.loom-inspector', '.loom-bottom'];
const REACHED = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';
/** The field that one most likely came for. */
const VALUE = '.loom-port-field :is(input, textarea, select):not([disabled])';

function rootOf({ canvas }: CommandContext): Element | null | undefined {
  return canvas.element()?.closest('.loom-root');
}

/** Moves the focus to the flow: to its outline where that is open, else to the canvas. */
export function focusFlow(context: CommandContext): void {
  const tree = rootOf(context)?.querySelector<HTMLElement>('.loom-outline-tree');
  if (tree == null) context.canvas.focus();
  else tree.focus();
}

/** Moves the focus to the next part of the editor, or the one before. */
export function focusPanel(context: CommandContext, by: 1 | -1): void {
  const root = rootOf(context);
  const parts = PARTS.flatMap((name) => root?.querySelector<HTMLElement>(name) ?? []);
  const at = parts.findIndex((part) => part.matches(':focus-within'));
  const next = parts[(at + by + parts.length) % parts.length];
  if (next?.matches('.loom-canvas')) context.canvas.focus();
  else (next?.querySelector<HTMLElement>('[role="tree"][tabindex="0"]') ?? firstReached(next))?.focus();
}

function firstReached(part: Element | undefined): HTMLElement | undefined {
  return [...(part?.querySelectorAll<HTMLElement>(REACHED) ?? [])].find((each) => each.tabIndex >= 0);
}

/** Moves the focus to the first value in the inspector, or to that of a port, once it is drawn. */
export function focusInspector(context: CommandContext, port?: PortId): void {
  requestAnimationFrame(() => {
    const inspector = rootOf(context)?.querySelector<HTMLElement>('.loom-inspector');
    const own = port === undefined ? '' : `[data-port="${CSS.escape(port)}"] :is(input, textarea, select, button)`;
    const field =
      (own === '' ? null : inspector?.querySelector<HTMLElement>(own)) ??
      inspector?.querySelector<HTMLElement>(VALUE) ??
      firstReached(inspector ?? undefined);
    field?.focus();
    if (field instanceof HTMLInputElement && /^(?:text|search|number)$/.test(field.type)) field.select();
  });
}
