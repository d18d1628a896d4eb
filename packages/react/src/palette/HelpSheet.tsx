import type { ReactNode } from 'react';
import { formatKey } from '../commands/keys.js';
import { Dialog } from '../dialog/Dialog.js';
import { useEditor } from '../editor/context.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';

/** The parts of the sheet, by how the names of their commands begin. */
const PARTS = ['run', 'node', 'port', 'edit', 'zone', 'subgraph', 'arrange', 'move', 'view', 'file', 'app'] as const;

/** All commands that have keys, with the keys that hold here. */
export function HelpSheet(): ReactNode {
  const open = useLoom((state) => state.session.help);
  return open ? <Sheet /> : null;
}

/** What an app adds stands apart, whatever its names begin with. */
function partOf(id: string): (typeof PARTS)[number] {
  return PARTS.find((part) => id.startsWith(`${part}.`)) ?? 'app';
}

function Sheet(): ReactNode {
  const { store, canvas, commands } = useEditor();
  const messages = useMessages();
  const apple = useIsApple();
  const close = () => {
    store.setHelp(false);
    canvas.focus();
  };
  const keysOf = (id: string) => commands.keysOf(id).map((key) => formatKey(key, apple));
  return (
    <Dialog title={messages.helpTitle} className="loom-help" dismissible onClose={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="loom-help-parts" tabIndex={0} aria-label={messages.helpTitle}>
        {PARTS.map((part) => {
          const rows = commands.ids().filter((id) => partOf(id) === part && commands.keysOf(id).length > 0);
          return rows.length === 0 ? null : (
            <section key={part}>
              <h3>{messages.helpPart(part)}</h3>
              <dl>
                {rows.map((id) => (
                  <div key={id}>
                    <dt>{commands.titleOf(id)}</dt>
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
    </Dialog>
  );
}
