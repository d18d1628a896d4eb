import type { InputPort, NodeId } from '@loom/graph';
import { memo, type ReactNode } from 'react';
import { InputWidget } from '../../editor/InputWidget.js';
import { useLoom } from '../../hooks/useLoom.js';
import { showsWidget } from '../../layout/inline-widget.js';
import { useMessages } from '../../messages/messages.js';
import { useFar } from '../useFar.js';

/** Props of {@link InputRow}. */
export interface InputRowProps {
  readonly id: NodeId;
  readonly port: InputPort;
  readonly connected: boolean;
  readonly readOnly: boolean;
}

/** The label of an input, and beside or below it the field for its value while no wire brings one. */
export const InputRow = memo(function InputRow({ id, port, connected, readOnly }: InputRowProps): ReactNode {
  const messages = useMessages();
  const far = useFar();
  const kind = connected || far ? 'none' : showsWidget(port);
  const missing = useLoom(
    (state) =>
      port.required &&
      !connected &&
      port.default === undefined &&
      state.flow.document.nodes[id]?.inputs?.[port.id] === undefined,
  );
  return (
    <>
      <span className="loom-row-label" data-connected={connected}>
        {port.title}
        {missing ? (
          <span className="loom-row-needed" title={messages.nodeRequired}>
            <span aria-hidden="true">•</span>
            <span className="loom-hidden">{messages.nodeRequired}</span>
          </span>
        ) : null}
      </span>
      {kind === 'none' ? null : (
        <div className={`loom-row-widget loom-row-widget-${kind} nodrag nopan nowheel`}>
          <InputWidget id={id} port={port} readOnly={readOnly} place="node" />
        </div>
      )}
    </>
  );
});
