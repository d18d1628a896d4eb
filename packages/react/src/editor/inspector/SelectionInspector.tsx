import { type ReactNode, useMemo } from 'react';
import { commandIcon } from '../../commands/icons.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { CommandButton } from '../CommandButton.js';
import { useEditor } from '../context.js';
import { NodeColor } from './NodeColor.js';

const ARRANGE = [
  ['arrange.left', 'arrange.center', 'arrange.right'],
  ['arrange.top', 'arrange.middle', 'arrange.bottom'],
  ['arrange.across', 'arrange.down', 'arrange.tidy'],
];
const TOGETHER = [
  ...['run.selection', 'zone.group', 'zone.forEach', 'subgraph.make', 'node.frame'],
  ...['node.mute', 'edit.duplicate', 'edit.delete'],
];

/** Several nodes: how they stand to each other, and what can be done with all of them. */
export function SelectionInspector({ count }: { readonly count: number }): ReactNode {
  const { commands } = useEditor();
  const messages = useMessages();
  const nodes = useLoom((state) => state.session.selection.nodes);
  const ids = useMemo(() => [...nodes], [nodes]);
  return (
    <div className="loom-inspector-body">
      <p className="loom-flow-summary">{messages.inspectMany(count)}</p>
      <NodeColor ids={ids} />
      <section className="loom-inspector-section">
        <h3>{messages.helpPart('arrange')}</h3>
        <div className="loom-arrange">
          {ARRANGE.map((group) => (
            <div key={group[0]}>
              {group.map((id) => (
                <CommandButton key={id} command={id} icon={commandIcon(id)} />
              ))}
            </div>
          ))}
        </div>
      </section>
      <section className="loom-inspector-section">
        {TOGETHER.map((id) => (
          <CommandButton key={id} command={id} icon={commandIcon(id)}>
            {commands.titleOf(id)}
          </CommandButton>
        ))}
      </section>
    </div>
  );
}
