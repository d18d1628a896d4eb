import { forwardRef, type KeyboardEvent, type ReactNode, useCallback } from 'react';
import { useClipboard } from '../clipboard/useClipboard.js';
import { useEditor } from '../editor/context.js';
import { useFileDrop } from '../editor/useFileDrop.js';
import { useKeys } from '../editor/useKeys.js';
import { useMessages } from '../messages/messages.js';
import { Overlays } from './Overlays.js';
import type { LoomLook } from './props.js';
import { ThemeContext } from './theme.js';
import { tokenStyle } from './theme-tokens.js';

/** Props of {@link LoomRoot}. */
export interface LoomRootProps extends LoomLook {
  /**
   * Whether menus, palette and dialogs appear over this element. Of several roots below one provider only one has them.
   * @default true
   */
  readonly overlays?: boolean | undefined;
  readonly children?: ReactNode;
}

/**
 * The element around parts of an editor, in any layout: styles and theme hold in it, keys work while the focus is in it,
 * and what is pasted or dropped there comes to the flow.
 *
 * @example
 * ```tsx
 * <LoomProvider defaultDocument={flow} library={library}>
 *   <LoomRoot theme="system" tokens={{ accent: '#7a3ea8' }} style={{ height: 600 }}>
 *     <LoomCanvas />
 *   </LoomRoot>
 * </LoomProvider>
 * ```
 */
export const LoomRoot = forwardRef<HTMLElement, LoomRootProps>(function LoomRoot(props, ref): ReactNode {
  const { theme = 'light', tokens, className, style, overlays = true, children } = props;
  const { commands } = useEditor();
  const messages = useMessages();
  const keys = useKeys(commands);
  const { noteKey, ...clipboard } = useClipboard(commands);
  const drop = useFileDrop(commands);
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      noteKey(event);
      keys(event);
    },
    [noteKey, keys],
  );
  return (
    <ThemeContext.Provider value={theme}>
      <section
        ref={ref}
        className={className === undefined ? 'loom loom-root' : `loom loom-root ${className}`}
        style={{ ...tokenStyle(tokens), ...style }}
        data-theme={theme}
        aria-label={messages.editorLabel}
        onKeyDown={onKeyDown}
        {...clipboard}
        {...drop}
      >
        {children}
        {overlays ? <Overlays /> : null}
      </section>
    </ThemeContext.Provider>
  );
});
