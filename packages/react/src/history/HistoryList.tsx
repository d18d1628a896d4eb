import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useEditor } from '../editor/context.js';
import { useFocusReturn } from '../editor/useFocusReturn.js';
import { useLoom } from '../hooks/useLoom.js';
import { moveFocus } from '../menu/move-focus.js';
import { useMessages } from '../messages/messages.js';
import type { MenuState } from '../store/session.js';
import { historyRows } from './history-rows.js';

/** Every change of the flow that can be gone back to, or done again: one goes there at once. */
export function HistoryList({ at }: Pick<MenuState, 'at'>): ReactNode {
  const { store } = useEditor();
  const goBack = useFocusReturn();
  const messages = useMessages();
  const list = useRef<HTMLDivElement>(null);
  const history = useLoom((state) => state.flow.history);
  const rows = useMemo(() => historyRows(history), [history]);
  useEffect(() => {
    const now = list.current?.querySelector<HTMLElement>('[aria-current]');
    now?.scrollIntoView({ block: 'nearest' });
    now?.focus({ preventScroll: true });
  }, []);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    if (event.key === 'Escape') {
      store.setMenu(undefined);
      goBack();
    } else if (!moveFocus(event.key, all, event.target, { loops: false })) {
      // Undo and redo go on while one looks; Enter presses the line itself.
      if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={list}
      className="loom-menu loom-history"
      role="menu"
      tabIndex={-1}
      aria-label={messages.history}
      style={{ left: at.x, top: at.y }}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) store.setMenu(undefined);
      }}
    >
      {rows.map(({ steps, label }) => (
        <button
          key={steps + history.past.length}
          type="button"
          role="menuitem"
          className="loom-menu-item"
          data-undone={steps > 0}
          aria-current={steps === 0 ? 'step' : undefined}
          onClick={() => {
            if (steps !== 0) store.travel(steps);
          }}
        >
          <span>{label ?? messages.historyStart}</span>
          {steps === 0 ? <small>{messages.historyNow}</small> : null}
        </button>
      ))}
    </div>
  );
}
