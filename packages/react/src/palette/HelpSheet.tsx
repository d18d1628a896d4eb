import { Keyboard, RotateCcw } from 'lucide-react';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { formatKey } from '../commands/keys.js';
import { Dialog } from '../dialog/Dialog.js';
import { useEditor } from '../editor/context.js';
import { SearchField } from '../editor/SearchField.js';
import { useFocusReturn } from '../editor/useFocusReturn.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useLoom } from '../hooks/useLoom.js';
import { foldText, matchText } from '../library/match.js';
import { useMessages } from '../messages/messages.js';
import { KeyChoice } from './KeyChoice.js';

/** The parts of the sheet, by how the names of their commands begin. */
const PARTS = ['run', 'node', 'port', 'edit', 'zone', 'subgraph', 'arrange', 'move', 'view', 'file', 'app'] as const;
/** Names that have no part of their own. */
const ELSEWHERE: Readonly<Record<string, (typeof PARTS)[number]>> = { wire: 'port', frame: 'node', flow: 'file' };

/** All commands that have keys, with the keys that hold here; other keys are chosen here too. */
export function HelpSheet(): ReactNode {
  const open = useLoom((state) => state.session.help);
  return open ? <Sheet /> : null;
}

/** What an app adds stands apart, whatever its names begin with. */
function partOf(id: string): (typeof PARTS)[number] {
  const [first = ''] = id.split('.');
  return ELSEWHERE[first] ?? PARTS.find((part) => part === first) ?? 'app';
}

function Sheet(): ReactNode {
  const { store, commands } = useEditor();
  const { keymap } = commands;
  const goBack = useFocusReturn();
  const messages = useMessages();
  const apple = useIsApple();
  const [query, setQuery] = useState('');
  const [isChanging, setChanging] = useState(false);
  useSyncExternalStore(keymap.subscribe, keymap.read, keymap.read);
  const close = () => {
    store.setHelp(false);
    goBack();
  };
  const shownOf = (id: string) => commands.shownKeysOf(id).map((key) => formatKey(key, apple));
  const terms = query.trim().split(/\s+/).filter(Boolean);
  const ids = commands.ids().filter((id) => {
    const keys = shownOf(id);
    const text = foldText([commands.titleOf(id), ...keys].join(' '));
    const isFound = terms.every((term) => matchText(text, foldText(term).text) !== undefined);
    return isFound && (isChanging || keys.length > 0);
  });
  return (
    <Dialog title={messages.helpTitle} className="loom-help" dismissible onClose={close}>
      <div className="loom-help-tools">
        <SearchField label={messages.keysFilter} query={query} onQuery={setQuery} />
        {isChanging && keymap.chosen().length > 0 ? (
          <button type="button" className="loom-button" onClick={() => keymap.reset()}>
            <RotateCcw size={14} aria-hidden="true" />
            {messages.keysResetAll}
          </button>
        ) : null}
        <button
          type="button"
          className="loom-button loom-button-outline"
          aria-pressed={isChanging}
          onClick={() => setChanging(!isChanging)}
        >
          <Keyboard size={14} aria-hidden="true" />
          {isChanging ? messages.keysChangeEnd : messages.keysChange}
        </button>
      </div>
      {isChanging && !keymap.isKept() ? <p>{messages.keysNotKept}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="loom-help-parts" data-changing={isChanging} tabIndex={0} aria-label={messages.helpTitle}>
        {ids.length === 0 ? <p className="loom-library-empty">{messages.paletteNothing}</p> : null}
        {PARTS.map((part) => {
          const rows = ids.filter((id) => partOf(id) === part);
          return rows.length === 0 ? null : (
            <section key={part}>
              <h3>{messages.helpPart(part)}</h3>
              {isChanging ? (
                rows.map((id) => <KeyChoice key={id} command={id} />)
              ) : (
                <dl>
                  {rows.map((id) => (
                    <div key={id}>
                      <dt>{commands.titleOf(id)}</dt>
                      <dd>
                        {shownOf(id).map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </section>
          );
        })}
      </section>
    </Dialog>
  );
}
