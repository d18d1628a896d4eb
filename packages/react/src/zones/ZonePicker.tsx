import { type ReactNode, useMemo } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { type Pickable, Search } from '../palette/Search.js';
import { nodeTitle } from '../store/loom-store.js';
import { containerPath, destinations, moveInto } from './move-into.js';

/** The zones and groups that the selection can be moved into, or out of. */
export function ZonePicker(): ReactNode {
  const { commands } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  const items = useMemo(
    () =>
      destinations(commands.context).map(
        (container): Pickable => ({
          key: container ?? '',
          title: container === undefined ? messages.moveOut : nodeTitle(flow, container),
          detail: container === undefined ? '' : containerPath(commands.context, container),
          pick: () => void moveInto(commands.context, container),
        }),
      ),
    [commands, flow, messages],
  );
  return <Search items={items} label={messages.moveInto} placeholder={messages.moveIntoHint} />;
}
