import type { InputPort, Json, NodeId } from '@loom/graph';
import { memo, type ReactNode, useCallback } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { useLiveParameter } from '../run/useLiveParameter.js';
import type { LoomState } from '../store/state.js';
import { PortWidget } from '../widgets/PortWidget.js';
import { useEditor } from './context.js';

/** Props of {@link InputWidget}. */
export interface InputWidgetProps {
  readonly id: NodeId;
  readonly port: InputPort;
  readonly readOnly: boolean;
  readonly place: 'node' | 'panel' | 'outline';
}

/** The field of one input, bound to the document. Typing is one undo step per burst. */
export const InputWidget = memo(function InputWidget({ id, port, readOnly, place }: InputWidgetProps): ReactNode {
  const { store, widgets, inlineFileBytes, id: editorId } = useEditor();
  const messages = useMessages();
  const value = useLoom((state) => state.flow.document.nodes[id]?.inputs?.[port.id]);
  const { answer, hand } = useLiveParameter(id, port.id);
  const isRunning = useLoom(useCallback(({ runs }: LoomState) => runs.run.nodes.get(id)?.status === 'running', [id]));
  const change = useCallback(
    (next: Json) => {
      const result = store.dispatch([{ kind: 'set-input', id, port: port.id, value: next }], {
        label: messages.changeInput(port.title),
        mergeKey: `input:${id}:${port.id}`,
      });
      if (result.ok) hand(next);
      else store.notify(result.error.message, 'warning');
    },
    [store, id, port.id, port.title, messages, hand],
  );
  const clear = useCallback(() => {
    store.dispatch([{ kind: 'clear-input', id, port: port.id }], {
      label: messages.changeClear(port.title),
      // Who empties a field and types on changes it once.
      mergeKey: `input:${id}:${port.id}`,
    });
  }, [store, id, port.id, port.title, messages]);
  const told = isRunning && answer !== undefined && answer.status !== 'no-handler' ? answer : undefined;
  const widget = (
    <PortWidget
      port={port}
      value={value}
      onChange={change}
      onClear={clear}
      readOnly={readOnly}
      inputId={`${editorId}-${place}-${id}-${port.id}`}
      label={port.title}
      custom={widgets}
      compact={place === 'node'}
      inlineFileBytes={inlineFileBytes}
    />
  );
  if (told === undefined) return widget;
  return (
    <>
      {widget}
      <span className="loom-live-answer" role="status" data-status={told.status}>
        {told.status === 'rejected' ? messages.parameterRejected(told.reason) : messages.parameterApplied}
      </span>
    </>
  );
});
