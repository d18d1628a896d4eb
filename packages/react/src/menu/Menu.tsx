import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { commandIcon } from '../commands/icons.js';
import { formatKey } from '../commands/keys.js';
import { useEditor } from '../editor/context.js';
import { useFocusReturn } from '../editor/useFocusReturn.js';
import { useIsApple } from '../editor/useIsApple.js';
import { HistoryList } from '../history/HistoryList.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { MenuState } from '../store/session.js';
import { menus } from './menus.js';
import { moveFocus } from './move-focus.js';

/** The menu that is open, if one is. */
export function OpenMenu(): ReactNode {
  const menu = useLoom((state) => state.session.menu);
  if (menu === undefined) return null;
  const { name, at } = menu;
  return name === 'history' ? <HistoryList at={at} /> : <Menu key={`${name} ${at.x} ${at.y}`} menu={{ name, at }} />;
}

/** Room between a menu and the edges of the editor. */
const MARGIN = 8;

function Menu({ menu }: { readonly menu: MenuState & { readonly name: keyof typeof menus } }): ReactNode {
  const { store, commands } = useEditor();
  const goBack = useFocusReturn();
  const messages = useMessages();
  const apple = useIsApple();
  const list = useRef<HTMLDivElement>(null);
  const all = [...menus[menu.name], '-', ...commands.inMenu(menu.name)];
  const entries = shownEntries(all, (id) => commands.isEnabled(id));

  useLayoutEffect(() => {
    const { current } = list;
    const room = current?.offsetParent;
    if (current === null || !(room instanceof HTMLElement)) return;
    const x = Math.max(MARGIN, Math.min(menu.at.x, room.clientWidth - current.offsetWidth - MARGIN));
    const y = Math.max(MARGIN, Math.min(menu.at.y, room.clientHeight - current.offsetHeight - MARGIN));
    current.style.left = `${x}px`;
    current.style.top = `${y}px`;
  }, [menu]);
  useEffect(() => items(list.current)[0]?.focus({ preventScroll: true }), []);

  const close = () => {
    // Closing because another menu opened must not close that one.
    if (store.getState().session.menu?.at === menu.at) store.setMenu(undefined);
  };
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const all = items(list.current);
    if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      goBack();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const at = all.indexOf(event.target as HTMLElement);
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      after.find((item) => item.textContent?.toLowerCase().startsWith(letter))?.focus();
    } else if (!moveFocus(event.key, all, event.target, { loops: true })) {
      // Enter and Space press the line itself; they are no keys of the editor here.
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={list}
      className="loom-menu nokey"
      role="menu"
      tabIndex={-1}
      aria-label={messages.menuLabel(menu.name)}
      style={{ left: menu.at.x, top: menu.at.y }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {entries.map((entry, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a separator has no name of its own
        if (entry === '-') return <hr key={at} />;
        const [key] = commands.shownKeysOf(entry);
        const Icon = commandIcon(entry);
        return (
          <button
            key={entry}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="loom-menu-item"
            onClick={() => {
              close();
              goBack();
              commands.run(entry);
            }}
          >
            <Icon size={14} aria-hidden="true" />
            <span>{commands.titleOf(entry)}</span>
            {key === undefined ? null : <kbd>{formatKey(key, apple)}</kbd>}
          </button>
        );
      })}
    </div>
  );
}

function items(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}

/** Without what can do nothing now, and without lines that would part nothing. */
export function shownEntries(entries: readonly string[], isEnabled: (id: string) => boolean): readonly string[] {
  const able = entries.filter((entry) => entry === '-' || isEnabled(entry));
  return able.filter(
    (entry, at) => entry !== '-' || (at > 0 && able[at - 1] !== '-' && able.slice(at).some((next) => next !== '-')),
  );
}
