import type { InputPort, Json, PortId } from '@loom/graph';
import type { ReactNode } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { useMessages } from '../../messages/messages.js';
import { PortWidget } from '../../widgets/PortWidget.js';
import { useEditor } from '../context.js';

/** Props of {@link PinnedFields}. */
export interface PinnedFieldsProps {
  readonly model: NodeModel;
  readonly pinned: Readonly<Record<PortId, Json>>;
  readonly readOnly: boolean;
  /** Undefined when no value is pinned any more. */
  readonly onChange: (pinned: Readonly<Record<PortId, Json>> | undefined) => void;
}

/** The values that a node gives in place of running, each with a field; and the way back. */
export function PinnedFields({ model, pinned, readOnly, onChange }: PinnedFieldsProps): ReactNode {
  const { id: editorId, widgets } = useEditor();
  const messages = useMessages();
  const outputs = model.outputs.filter(({ id, inner }) => inner !== true && !model.goneOutputs.has(id));
  return (
    <>
      <p className="loom-port-help">
        {messages.pinnedValue}{' '}
        {readOnly ? null : (
          <button type="button" className="loom-link" onClick={() => onChange(undefined)}>
            {messages.unpin}
          </button>
        )}
      </p>
      {outputs.map((output) => {
        const port: InputPort = { ...output, required: false };
        const inputId = `${editorId}-pinned-${model.id}-${output.id}`;
        const label = messages.pinnedField(output.title);
        return (
          <div key={output.id} className="loom-setting">
            <label htmlFor={inputId}>{label}</label>
            <PortWidget
              port={port}
              value={pinned[output.id]}
              readOnly={readOnly}
              inputId={inputId}
              label={label}
              custom={widgets}
              onChange={(value) => onChange({ ...pinned, [output.id]: value })}
              onClear={() => {
                const { [output.id]: _gone, ...rest } = pinned;
                onChange(Object.keys(rest).length === 0 ? undefined : rest);
              }}
            />
          </div>
        );
      })}
    </>
  );
}
