import type { ReactNode } from 'react';
import { useLoomStore } from '../hooks/context.js';
import type { MenuName } from '../store/session.js';

/** Props of {@link MenuButton}. */
export interface MenuButtonProps {
  readonly menu: MenuName;
  readonly label: string;
  readonly className: string;
  /** The edge of the button that the menu keeps to. @default 'start' */
  readonly align?: 'start' | 'end';
  /** Whether it is grey, and opens nothing. @default false */
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** Between a button and its menu, in pixels. */
const GAP = 4;
/** More than a menu is wide: it moves back until it fits. */
const TO_THE_END = 220;

/** A button that opens a menu below itself. */
export function MenuButton({
  menu,
  label,
  className,
  align = 'start',
  disabled = false,
  children,
}: MenuButtonProps): ReactNode {
  const store = useLoomStore();
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      aria-disabled={disabled}
      onClick={({ currentTarget }) => {
        if (disabled) return;
        const root = currentTarget.closest('.loom-root')?.getBoundingClientRect();
        const { left, right, bottom } = currentTarget.getBoundingClientRect();
        const x = (align === 'start' ? left : right - TO_THE_END) - (root?.left ?? 0);
        store.setMenu({ name: menu, at: { x, y: bottom - (root?.top ?? 0) + GAP } });
      }}
    >
      {children}
    </button>
  );
}
