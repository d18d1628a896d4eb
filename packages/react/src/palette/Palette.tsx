import { formatPortType } from '@loom/graph';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { createConnectionCheck } from '../canvas/connection-check.js';
import { formatKey } from '../commands/keys.js';
import { useEditor } from '../editor/context.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useLoom } from '../hooks/useLoom.js';
import { Picker } from '../library/Picker.js';
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
    commands
      .ids()
      .filter((id) => id !== 'view.palette' && commands.isEnabled(id))
      .map((id) => {
        const [key] = commands.keysOf(id);
        return {
          key: id,
          title: commands.titleOf(id),
          detail: key === undefined ? '' : formatKey(key, apple),
          pick: () => void commands.run(id),
        };
      }),
  );
  return <Search items={items} label={messages.paletteLabel} placeholder={messages.paletteLabel} />;
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
  return <Search items={items} label={messages.findLabel} placeholder={messages.findPlaceholder} />;
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
  return <Search items={items} label={messages.connectLabel} placeholder={messages.connectPlaceholder} />;
}

interface SearchProps {
  readonly items: readonly Pickable[];
  readonly label: string;
  readonly placeholder: string;
}

/** The search over given items, in the middle of the editor; who has picked is back in the canvas. */
function Search({ items, label, placeholder }: SearchProps): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const mode = useLoom((state) => state.session.palette);
  const search = useCallback(
    (query: string) =>
      find(items, query).map(({ item, ranges }) => ({
        ...item,
        ranges,
        pick() {
          store.setPalette(undefined);
          canvas.focus();
          item.pick();
        },
      })),
    [items, store, canvas],
  );
  return (
    <Picker
      className="loom-palette"
      label={label}
      placeholder={placeholder}
      find={search}
      nothing={() => messages.paletteNothing}
      onClose={() => {
        // Closing because another search opened must not close that one.
        if (store.getState().session.palette !== mode) return;
        store.setPalette(undefined);
        canvas.focus();
      }}
    />
  );
}
