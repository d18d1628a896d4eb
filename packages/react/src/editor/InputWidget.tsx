import type { InputPort, Json, NodeId } from '@loom/graph';
import { memo, type ReactNode, useCallback } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { PortWidget } from '../widgets/PortWidget.js';
import { useEditor } from './context.js';

/** Props of {@link InputWidget}. */
export interface InputWidgetProps {
  readonly id: NodeId;
  readonly port: InputPort;
  readonly readOnly: boolean;
  readonly place: 'node' | 'panel';
}

/** The field of one input, bound to the document. Typing is one undo step per burst. */
export const InputWidget = memo(function InputWidget({ id, port, readOnly, place }: InputWidgetProps): ReactNode {
  const { store, widgets, inlineFileBytes, id: editorId } = useEditor();
  const messages = useMessages();
  const value = useLoom((state) => state.flow.document.nodes[id]?.inputs?.[port.id]);
  const change = useCallback(
    (next: Json) => {
      const result = store.dispatch([{ kind: 'set-input', id, port: port.id, value: next }], {
        label: messages.changeInput(port.title),
        mergeKey: `input:${id}:${port.id}`,
      });
      if (!result.ok) store.notify(result.error.message, 'warning');
    },
    [store, id, port.id, port.title, messages],
  );
  const clear = useCallback(() => {
    store.dispatch([{ kind: 'clear-input', id, port: port.id }], { label: messages.changeClear(port.title) });
  }, [store, id, port.id, port.title, messages]);
  return (
    <PortWidget
      port={port}
      value={value}
      onChange={change}
      onClear={clear}
      readOnly={readOnly}
      inputId={`${editorId}-${place}-${id}-${port.id}`}
      label={port.title}
      custom={widgets}
      inlineFileBytes={inlineFileBytes}
    />
  );
});
