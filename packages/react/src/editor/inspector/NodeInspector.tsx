import type { NodeId } from '@loom/graph';
import { Play } from 'lucide-react';
import { type ReactNode, useId, useMemo } from 'react';
import { NodeStatus } from '../../canvas/node/NodeStatus.js';
import { useNodeModel } from '../../canvas/node/useNodeModel.js';
import { runNodes } from '../../commands/run-commands.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { MetricsSection } from '../../plot/MetricsSection.js';
import { useEditor } from '../context.js';
import { CodeTab } from './CodeTab.js';
import { ErrorSection } from './ErrorSection.js';
import { ExplainSection } from './ExplainSection.js';
import { InputsSection } from './InputsSection.js';
import { NodeColor } from './NodeColor.js';
import { OutputsSection } from './OutputsSection.js';
import { SettingsSection } from './SettingsSection.js';
import { StateSection } from './StateSection.js';
import { TextSetting } from './TextSetting.js';

/** Everything about one node: what it is called, gets, gives, and is made of. */
export function NodeInspector({ id }: { readonly id: NodeId }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const tabs = useId();
  const only = useMemo(() => [id], [id]);
  const model = useNodeModel(id);
  const readOnly = useLoom((state) => state.flow.readOnly);
  const runnable = useLoom((state) => state.runs.runnable);
  const wanted = useLoom((state) => state.session.inspectorTab);
  if (model === undefined) return null;
  const { node, type } = model;
  const hasCode = type?.implementation.kind === 'source';
  const tab = hasCode ? wanted : 'node';
  return (
    <>
      <header className="loom-inspector-header">
        <div className="loom-inspector-heading">
          <h2 title={model.title}>{model.title}</h2>
          <p title={node.type}>{[type?.category, type?.title ?? node.type].filter(Boolean).join(' · ')}</p>
        </div>
        <NodeStatus model={model} />
        {runnable ? (
          <button
            type="button"
            className="loom-icon-button"
            aria-label={messages.runNode}
            title={messages.runNode}
            onClick={() => runNodes(store, [id])}
          >
            <Play size={14} aria-hidden="true" />
          </button>
        ) : null}
      </header>
      {hasCode ? (
        <div className="loom-tabs" role="tablist">
          {(['node', 'code'] as const).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              className="loom-tab"
              aria-selected={tab === name}
              aria-controls={`${tabs}-${name}`}
              onClick={() => store.setInspectorTab(name)}
            >
              {name === 'node' ? messages.tabNode : messages.tabCode}
            </button>
          ))}
        </div>
      ) : null}
      <ErrorSection id={id} />
      {tab === 'code' ? (
        <div className="loom-inspector-code" role="tabpanel" id={`${tabs}-code`}>
          <CodeTab model={model} readOnly={readOnly} />
        </div>
      ) : (
        <div className="loom-inspector-body" id={`${tabs}-node`}>
          <StateSection id={id} />
          <TextSetting
            label={messages.fieldTitle}
            value={node.label ?? ''}
            placeholder={type?.title ?? node.type}
            readOnly={readOnly}
            onChange={(label) =>
              store.dispatch(
                [
                  {
                    kind: 'update-node',
                    id,
                    changes: { label: label === '' ? undefined : label } as { label: string },
                  },
                ],
                { label: messages.changeRename, mergeKey: `label:${id}` },
              )
            }
          />
          <NodeColor ids={only} />
          {type?.description === undefined ? null : <p className="loom-inspector-help">{type.description}</p>}
          {type === undefined ? <p className="loom-inspector-help">{messages.nodeMissingHelp(node.type)}</p> : null}
          <ExplainSection id={id} />
          <InputsSection model={model} readOnly={readOnly} />
          <OutputsSection model={model} readOnly={readOnly} />
          <MetricsSection id={id} />
          <SettingsSection model={model} readOnly={readOnly} />
        </div>
      )}
    </>
  );
}
