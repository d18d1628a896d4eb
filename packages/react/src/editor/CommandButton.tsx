import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { formatKey } from '../commands/keys.js';
import { useLoom } from '../hooks/useLoom.js';
import { useEditor } from './context.js';
import { useIsApple } from './useIsApple.js';

/** Props of {@link CommandButton}. */
export interface CommandButtonProps {
  /** The name of a command, also of one that the app added. */
  readonly command: string;
  readonly icon?: LucideIcon;
  /** Replaces the title of the command in the tooltip and for screen readers. */
  readonly title?: string;
  readonly className?: string;
  readonly pressed?: boolean;
  readonly children?: ReactNode;
}

/** A button for a command: its name and keys in the tooltip, grey while the command can do nothing. */
export function CommandButton(props: CommandButtonProps): ReactNode {
  const { command, icon: Icon, className, pressed, children } = props;
  const { commands } = useEditor();
  const apple = useIsApple();
  const firstKey = () => commands.shownKeysOf(command)[0];
  // What a command may do depends on the whole state; asking is cheap and the answer is one boolean.
  const enabled = useLoom(() => commands.isEnabled(command));
  const key = useSyncExternalStore(commands.keymap.subscribe, firstKey, firstKey);
  // The app has taken it away.
  if (!commands.ids().includes(command)) return null;
  const title = props.title ?? commands.titleOf(command);
  return (
    <button
      type="button"
      className={className ?? (children === undefined ? 'loom-icon-button' : 'loom-button')}
      title={key === undefined ? title : `${title} (${formatKey(key, apple)})`}
      aria-label={title}
      aria-pressed={pressed}
      // Not `disabled`: the focus would be lost when undo has nothing more to undo.
      aria-disabled={!enabled}
      onClick={() => commands.run(command)}
    >
      {Icon === undefined ? null : <Icon size={15} aria-hidden="true" />}
      {children}
    </button>
  );
}
