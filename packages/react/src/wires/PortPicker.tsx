import { describePortType, type NodeId } from '@loom/graph';
import { type ReactNode, useMemo } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { type Pickable, Search } from '../palette/Search.js';

/** The ports of a node; who picks one draws a wire from it. */
export function PortPicker({ node }: { readonly node: NodeId }): ReactNode {
  const { store, models } = useEditor();
  const messages = useMessages();
  const model = useLoom((state) => models(state.flow).get(node));
  const items = useMemo(() => {
    const sides = [
      ['source', model?.outputs.filter(({ id }) => !model.goneOutputs.has(id)) ?? []],
      ['target', model?.inputs.filter(({ id }) => !model.goneInputs.has(id)) ?? []],
    ] as const;
    return sides.flatMap(([side, ports]) =>
      ports.map(
        (port): Pickable => ({
          key: JSON.stringify([side, port.id]),
          title: messages.portSide(side, port.title),
          detail: describePortType(port.type),
          pick: () => store.setPalette({ node, port: port.id, side }),
        }),
      ),
    );
  }, [model, messages, store, node]);
  return (
    <Search items={items} label={messages.portPickLabel(model?.title ?? '')} placeholder={messages.portPickHint} />
  );
}
