import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { formatKey } from '../commands/keys.js';
import { allCommands, type CommandId } from '../commands/registry.js';
import { commandTitle } from '../editor/command-title.js';
import { useEditor } from '../editor/context.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';

/** The parts of the sheet, by how the names of their commands begin. */
const PARTS = ['run', 'node', 'port', 'edit', 'zone', 'subgraph', 'arrange', 'move', 'view', 'file'] as const;

/** All commands that have keys, with the keys that hold here. */
export function HelpSheet(): ReactNode {
  const open = useLoom((state) => state.session.help);
  return open ? <Sheet /> : null;
}

function Sheet(): ReactNode {
  const { store, canvas, commands } = useEditor();
  const messages = useMessages();
  const apple = useIsApple();
  const heading = useId();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const close = () => {
    store.setHelp(false);
    canvas.focus();
  };
  const keysOf = (id: CommandId) => commands.keysOf(id).map((key) => formatKey(key, apple));
  return (
    <div className="loom-dialog-backdrop">
      <div
        className="loom-dialog loom-help"
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') close();
        }}
      >
        <header>
          <h2 id={heading}>{messages.helpTitle}</h2>
          <button
            ref={button}
            type="button"
            className="loom-icon-button"
            aria-label={messages.dismiss}
            title={messages.dismiss}
            onClick={close}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className="loom-help-parts" tabIndex={0} aria-labelledby={heading}>
          {PARTS.map((part) => {
            const rows = allCommands.filter(({ id }) => id.startsWith(`${part}.`) && commands.keysOf(id).length > 0);
            return rows.length === 0 ? null : (
              <section key={part}>
                <h3>{messages.helpPart(part)}</h3>
                <dl>
                  {rows.map(({ id }) => (
                    <div key={id}>
                      <dt>{commandTitle(id, messages)}</dt>
                      <dd>
                        {keysOf(id).map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            );
          })}
        </section>
      </div>
    </div>
  );
}
