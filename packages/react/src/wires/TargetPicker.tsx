import { describePortType } from '@loom/graph';
import { type ReactNode, useMemo } from 'react';
import { createConnectionCheck } from '../canvas/connection-check.js';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { type Pickable, Search } from '../palette/Search.js';
import { type Connecting, edgeTo } from '../store/session.js';
import { offerConverters } from './insert-converter.js';
import { wireTargets } from './targets.js';

/** The ports that a wire from this one may end at, and why the others refuse it; who picks one draws the wire. */
export function TargetPicker({ from }: { readonly from: Connecting }): ReactNode {
  const { store, models, commands } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  const items = useMemo(() => {
    const known = models(flow);
    const check = createConnectionCheck(flow, known, from);
    return wireTargets(known, check).map((target): Pickable => {
      const { node, port, fits } = target;
      const edge = edgeTo(from, node, port);
      const answer = () => check.check(node, port);
      return {
        key: JSON.stringify([node, port]),
        title: messages.wireEnd(target.nodeTitle, target.portTitle),
        detail: describePortType(target.type),
        // Asked for what is shown only: in a large flow each answer looks far.
        get refusal() {
          const said = answer();
          return said.ok ? undefined : said.reason;
        },
        pick() {
          const said = answer();
          if (!said.ok) {
            if (!fits && said.code === 'edge/type') offerConverters(commands.context, { edge, reason: said.reason });
            else store.notify(said.reason, 'warning');
            return;
          }
          const result = store.dispatch([{ kind: 'connect', id: store.createId('edge'), edge }], {
            label: messages.changeConnect,
          });
          if (result.ok) store.announce(messages.announceConnected(target.nodeTitle, target.portTitle));
          else store.notify(result.error.message, 'warning');
        },
      };
    });
  }, [flow, models, from, store, commands, messages]);
  return <Search items={items} label={messages.connectLabel} placeholder={messages.connectPlaceholder} />;
}
