import { type ReactNode, useMemo, useState } from 'react';
import { formatKey } from '../commands/keys.js';
import { useEditor } from '../editor/context.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { PortPicker } from '../wires/PortPicker.js';
import { TargetPicker } from '../wires/TargetPicker.js';
import { ZonePicker } from '../zones/ZonePicker.js';
import { type Pickable, Search } from './Search.js';

/** The search that is open: over all commands, over the nodes of the graph, or over ports for a wire. */
export function Palette(): ReactNode {
  const mode = useLoom((state) => state.session.palette);
  if (mode === undefined) return null;
  if (mode === 'commands') return <Commands />;
  if (mode === 'nodes') return <Nodes />;
  if (mode === 'zones') return <ZonePicker />;
  return 'port' in mode ? <TargetPicker from={mode} /> : <PortPicker node={mode.portsOf} />;
}

function Commands(): ReactNode {
  const { commands, templates } = useEditor();
  const messages = useMessages();
  const apple = useIsApple();
  const [items] = useState((): readonly Pickable[] => [
    ...commands
      .ids()
      .filter((id) => id !== 'view.palette' && commands.isEnabled(id))
      .map((id) => {
        const [key] = commands.shownKeysOf(id);
        return {
          key: id,
          title: commands.titleOf(id),
          detail: key === undefined ? '' : formatKey(key, apple),
          pick: () => void commands.run(id),
        };
      }),
    ...templates.kept.map((template) => ({
      key: `forget ${template.id}`,
      title: messages.templateRemove(template.title),
      detail: '',
      pick: () => void templates.remove(template),
    })),
  ]);
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
