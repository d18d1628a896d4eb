import type { FlowSettings } from '@loom/graph';
import type { ReactNode } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { lazyPart } from '../../parts/lazy-part.js';
import { tableSize } from '../../store/table-size.js';
import { useEditor } from '../context.js';
import { ChoiceSetting } from './ChoiceSetting.js';
import { CountSetting } from './CountSetting.js';
import { TextSetting } from './TextSetting.js';

const EnvironmentSection = lazyPart(() =>
  import('../../environment/EnvironmentSection.js').then((module) => module.EnvironmentSection),
);

/** What can be said of the whole flow. */
export function FlowSection(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const title = useLoom((state) => state.flow.document.title);
  const description = useLoom((state) => state.flow.document.description);
  const nodes = useLoom((state) => tableSize(state.flow.document.nodes));
  const edges = useLoom((state) => tableSize(state.flow.document.edges));
  const settings = useLoom((state) => state.flow.document.settings);
  const readOnly = useLoom((state) => state.flow.readOnly);
  const change = (key: 'title' | 'description', label: string) => (value: string) =>
    store.dispatch([{ kind: 'update-flow', changes: { [key]: value } }], { label, mergeKey: `flow:${key}` });
  const setRunning = (
    name: string,
    change: { readonly [Key in keyof FlowSettings]: FlowSettings[Key] | undefined },
  ) => {
    const next = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== undefined);
    store.dispatch([{ kind: 'update-flow', changes: { settings: Object.fromEntries(next) } }], {
      label: messages.changeSetting(name),
      mergeKey: `flow:${name}`,
    });
  };
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
      <CountSetting
        label={messages.flowTimeout}
        value={settings.timeoutMs}
        placeholder={messages.settingNone}
        min={1}
        readOnly={readOnly}
        onChange={(timeoutMs) => setRunning(messages.flowTimeout, { timeoutMs })}
      />
      <ChoiceSetting
        label={messages.flowOnError}
        value={settings.onError ?? 'continue'}
        names={messages.flowOnErrorNames}
        readOnly={readOnly}
        onChange={(onError) => setRunning(messages.flowOnError, { onError })}
      />
      <EnvironmentSection />
      <p className="loom-flow-summary">{messages.flowSummary(nodes, edges)}</p>
      {nodes === 0 ? null : <p className="loom-empty-text">{messages.inspectNothing}</p>}
    </div>
  );
}
