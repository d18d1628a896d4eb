import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatKey } from '../commands/keys.js';
import type { CommandId } from '../commands/registry.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { commandTitle } from './command-title.js';
import { useEditor } from './context.js';
import { useIsApple } from './useIsApple.js';

/** Props of {@link CommandButton}. */
export interface CommandButtonProps {
  readonly command: CommandId;
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
  const messages = useMessages();
  const apple = useIsApple();
  // What a command may do depends on the whole state; asking is cheap and the answer is one boolean.
  const enabled = useLoom(() => commands.isEnabled(command));
  const title = props.title ?? commandTitle(command, messages);
  const [key] = commands.keysOf(command);
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
