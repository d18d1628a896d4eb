import { type InputPort, type OutputPort, wireType } from '@loom/graph';
import type { ReactNode } from 'react';
import { inputRowHeight, ROW_HEIGHT } from '../../layout/node-geometry.js';
import { InputRow } from './InputRow.js';
import type { NodeModel } from './node-model.js';
import { PortHandle } from './PortHandle.js';

interface RowProps<Port> {
  readonly model: NodeModel;
  readonly port: Port;
  readonly readOnly: boolean;
}

/** An output: its name, and where wires begin. */
export function OutputPortRow({ model, port, readOnly }: RowProps<OutputPort>): ReactNode {
  const gone = model.goneOutputs.has(port.id);
  return (
    <div
      className="loom-row loom-row-output"
      data-gone={gone}
      style={{ height: model.node.view?.collapsed === true ? 0 : ROW_HEIGHT }}
    >
      <PortHandle
        node={model.id}
        port={port}
        type={port.type}
        side="source"
        gone={gone}
        connected={model.connectedOutputs.has(port.id)}
        connectable={!readOnly}
      />
      <span className="loom-row-label">{port.title}</span>
    </div>
  );
}

/** An input: where wires end, its name, and the field for its value. */
export function InputPortRow({ model, port, readOnly }: RowProps<InputPort>): ReactNode {
  const connected = model.connectedInputs.has(port.id);
  const gone = model.goneInputs.has(port.id);
  const collapsed = model.node.view?.collapsed === true;
  return (
    <div
      className="loom-row loom-row-input"
      data-gone={gone}
      style={{ height: collapsed ? 0 : inputRowHeight(port, connected) }}
    >
      <PortHandle
        node={model.id}
        port={port}
        type={wireType(port)}
        side="target"
        gone={gone}
        connected={connected}
        connectable={!readOnly}
      />
      {collapsed ? null : <InputRow id={model.id} port={port} connected={connected} readOnly={readOnly} />}
    </div>
  );
}
