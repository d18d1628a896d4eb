import { formatPortType } from '@loom/graph';
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { createConnectionCheck } from '../canvas/connection-check.js';
import { formatKey } from '../commands/keys.js';
import { allCommands } from '../commands/registry.js';
import { commandTitle } from '../editor/command-title.js';
import { useEditor } from '../editor/context.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useLoom } from '../hooks/useLoom.js';
import { Highlighted } from '../library/Highlighted.js';
import { useMessages } from '../messages/messages.js';
import { type Connecting, edgeTo } from '../store/session.js';
import { find, type Pickable } from './find.js';

/** The palette: a search over all commands, or over the nodes of the graph, which jumps to what is picked. */
export function Palette(): ReactNode {
  const mode = useLoom((state) => state.session.palette);
  if (mode === undefined) return null;
  return mode === 'commands' ? <Commands /> : mode === 'nodes' ? <Nodes /> : <Ports from={mode} />;
}

function Commands(): ReactNode {
  const { commands } = useEditor();
  const messages = useMessages();
  const apple = useIsApple();
  const [items] = useState((): readonly Pickable[] =>
    allCommands
      .filter(({ id }) => id !== 'view.palette' && commands.isEnabled(id))
      .map(({ id }) => {
        const [key] = commands.keysOf(id);
        return {
          key: id,
          title: commandTitle(id, messages),
          detail: key === undefined ? '' : formatKey(key, apple),
          pick: () => void commands.run(id),
        };
      }),
  );
  return <Picker items={items} label={messages.paletteLabel} placeholder={messages.paletteLabel} />;
}

function Nodes(): ReactNode {
  const { store, canvas, models } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  const items = useMemo(
    () =>
      Array.from(
        models(flow).values(),
        ({ id, title, type, node }): Pickable => ({
          key: id,
          title,
          detail: type?.title === title ? (type.category ?? '') : (type?.title ?? node.type),
          pick: () => {
            store.select({ nodes: [id] });
            canvas.fitView([id]);
          },
        }),
      ),
    [flow, models, store, canvas],
  );
  return <Picker items={items} label={messages.findLabel} placeholder={messages.findPlaceholder} />;
}

/** The ports that a wire from this one may end at; who picks one draws the wire. */
function Ports({ from }: { readonly from: Connecting }): ReactNode {
  const { store, models } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  const items = useMemo(() => {
    const known = models(flow);
    const check = createConnectionCheck(flow, known, from);
    const side = from.side === 'source' ? 'target' : 'source';
    return Array.from(known.values()).flatMap((model) =>
      (side === 'source' ? model.outputs : model.inputs)
        .filter((port) => model.id !== from.node || port.inner === true)
        .filter((port) => check.fits(model.id, port.id, side, port.type) && check.check(model.id, port.id).ok)
        .map(
          (port): Pickable => ({
            key: JSON.stringify([model.id, port.id]),
            title: messages.wireEnd(model.title, port.title),
            detail: formatPortType(port.type),
            pick() {
              const edge = edgeTo(from, model.id, port.id);
              const result = store.dispatch([{ kind: 'connect', id: store.createId('edge'), edge }], {
                label: messages.changeConnect,
              });
              if (!result.ok) store.notify(result.error.message, 'warning');
            },
          }),
        ),
    );
  }, [flow, models, from, store, messages]);
  return <Picker items={items} label={messages.connectLabel} placeholder={messages.connectPlaceholder} />;
}

interface PickerProps {
  readonly items: readonly Pickable[];
  readonly label: string;
  readonly placeholder: string;
}

function Picker({ items, label, placeholder }: PickerProps): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = useMemo(() => find(items, query), [items, query]);
  const current = Math.min(active, found.length - 1);
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function pick(index: number): void {
    const item = found[index]?.item;
    if (item === undefined) return;
    store.setPalette(undefined);
    canvas.focus();
    item.pick();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const last = found.length - 1;
    if (event.key === 'ArrowDown') setActive(current >= last ? 0 : current + 1);
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? last : current - 1);
    else if (event.key === 'Enter') pick(current);
    else if (event.key === 'Escape' || event.key === 'Tab') {
      store.setPalette(undefined);
      canvas.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      className="loom-palette loom-quick-add nokey"
      role="dialog"
      aria-label={label}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) store.setPalette(undefined);
      }}
    >
      <div className="loom-quick-add-search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          className="loom-quick-add-input"
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={({ target }) => {
            setQuery(target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} className="loom-quick-add-list" id={`${id}-list`} role="listbox" aria-label={label}>
        {found.map(({ item, ranges }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and handles the keys
          <div
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            tabIndex={-1}
            className="loom-quick-add-option"
            // The field keeps the focus: losing it would close this before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => pick(index)}
          >
            <span className="loom-quick-add-title">
              <Highlighted text={item.title} ranges={ranges} />
            </span>
            {item.detail === '' ? null : <span className="loom-quick-add-category">{item.detail}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className="loom-library-empty" role="status">
          {messages.paletteNothing}
        </p>
      ) : null}
    </div>
  );
}
