import type { ReactNode } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { useEditor } from '../context.js';
import { TextSetting } from './TextSetting.js';

/** What can be said of the whole flow. */
export function FlowSection(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const title = useLoom((state) => state.flow.document.title);
  const description = useLoom((state) => state.flow.document.description);
  const nodes = useLoom((state) => Object.keys(state.flow.document.nodes).length);
  const edges = useLoom((state) => Object.keys(state.flow.document.edges).length);
  const readOnly = useLoom((state) => state.flow.readOnly);
  const change = (key: 'title' | 'description', label: string) => (value: string) =>
    store.dispatch([{ kind: 'update-flow', changes: { [key]: value } }], { label, mergeKey: `flow:${key}` });
  return (
    <div className="loom-inspector-body">
      <TextSetting
        label={messages.fieldFlowTitle}
        value={title ?? ''}
        placeholder={messages.untitled}
        readOnly={readOnly}
        onChange={change('title', messages.changeRename)}
      />
      <TextSetting
        label={messages.fieldFlowDescription}
        value={description ?? ''}
        readOnly={readOnly}
        multiline
        onChange={change('description', messages.changeRename)}
      />
      <p className="loom-flow-summary">{messages.flowSummary(nodes, edges)}</p>
      {nodes === 0 ? null : <p className="loom-empty-text">{messages.inspectNothing}</p>}
    </div>
  );
}
