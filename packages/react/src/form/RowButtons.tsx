import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type ComponentPropsWithRef, type ReactNode, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../messages/messages.js';

interface RowButtonsProps {
  /** Names the row for people who cannot see where it stands. */
  readonly name: string;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}

/** What moves a row and takes it away. */
export function RowButtons({ name, onUp, onDown, onRemove }: RowButtonsProps): ReactNode {
  const messages = useMessages();
  return (
    <>
      {onUp && <RowButton label={messages.formUp(name)} move="up" onClick={onUp} icon={ArrowUp} />}
      {onDown && <RowButton label={messages.formDown(name)} move="down" onClick={onDown} icon={ArrowDown} />}
      {onRemove && <RowButton label={messages.formRemove(name)} move="remove" onClick={onRemove} icon={X} />}
    </>
  );
}

interface RowButtonProps {
  readonly label: string;
  readonly move: 'up' | 'down' | 'remove';
  readonly onClick: () => void;
  readonly icon: typeof X;
}

function RowButton({ label, move, onClick, icon: Icon }: RowButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="loom-icon-button"
      aria-label={label}
      title={label}
      data-move={move}
      onClick={onClick}
    >
      <Icon size={13} aria-hidden="true" />
    </button>
  );
}

/** The focus of rows: it stays with the row that one works on, wherever that goes. */
export interface RowFocus {
  /** What the list of rows has. */
  readonly list: Pick<ComponentPropsWithRef<'ol'>, 'ref' | 'onFocus' | 'onBlur'>;
  /** Once the rows are drawn anew, the focus goes to what the selector finds in a row. */
  want(row: number, selector: string): void;
}

export function useRowFocus(): RowFocus {
  const list = useRef<HTMLOListElement>(null);
  const isInside = useRef(false);
  const wanted = useRef<{ readonly row: number; readonly selector: string } | undefined>(undefined);
  // Only after the rows are drawn is there something to focus.
  useLayoutEffect(() => {
    const { current: rows } = list;
    if (rows === null) return undefined;
    const besides = () => rows.parentElement?.querySelector<HTMLElement>(':scope > .loom-form-add');
    if (wanted.current !== undefined) {
      const { row, selector } = wanted.current;
      wanted.current = undefined;
      (rows.children[row]?.querySelector<HTMLElement>(selector) ?? besides())?.focus();
      return undefined;
    }
    if (!isInside.current || rows.contains(activeIn(rows))) return undefined;
    // Undo took the row away that had the focus: keys would go nowhere. On the way from one field to another nothing has it for a moment.
    const timer = setTimeout(() => {
      if (!isInside.current || rows.contains(activeIn(rows))) return;
      isInside.current = false;
      const last = [...rows.querySelectorAll<HTMLElement>('button')].at(-1);
      (last ?? besides())?.focus();
    });
    return () => clearTimeout(timer);
  });
  return {
    list: {
      ref: list,
      onFocus: () => {
        isInside.current = true;
      },
      onBlur: ({ relatedTarget }) => {
        // Nothing is told of what loses the focus because it goes.
        isInside.current = list.current?.contains(relatedTarget) === true;
      },
    },
    want: (row, selector) => {
      wanted.current = { row, selector };
    },
  };
}

function activeIn(element: Element): Element | null {
  const page = element.getRootNode();
  return page instanceof Document || page instanceof ShadowRoot ? page.activeElement : null;
}

/** Moves an entry of a list, and the focus with it: to the same button, or to the other one at an end. */
export function moved<Item>(items: readonly Item[], from: number, to: number, focus: RowFocus): readonly Item[] {
  const isEnd = to === 0 || to === items.length - 1;
  focus.want(to, `[data-move="${to < from !== isEnd ? 'up' : 'down'}"]`);
  const rest = items.filter((_item, at) => at !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}

/** Takes an entry out of a list; the focus goes to the row that takes its place. */
export function removed<Item>(items: readonly Item[], at: number, focus: RowFocus): readonly Item[] {
  focus.want(Math.min(at, items.length - 2), '[data-move="remove"]');
  return items.filter((_item, place) => place !== at);
}
