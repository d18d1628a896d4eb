import {
  type FlowType,
  formatPortType,
  type InputPort,
  type NodeType,
  type OutputPort,
  type PortDeclaration,
} from '@loom/graph';
import type { NodeModel } from '../../canvas/node/node-model.js';
import type { Messages } from '../../messages/messages.js';
import type { LoomStore } from '../../store/loom-store.js';

/** Gives a node its own copy of a library's code. The ports keep their ids, and so the wires stay. */
export function forkType(store: LoomStore, model: NodeModel, messages: Messages): void {
  const copy = model.type && copyOf(model.type);
  if (copy === undefined) return;
  const id = store.createId('type');
  const result = store.dispatch(
    [
      { kind: 'set-type', id, type: copy },
      { kind: 'update-node', id: model.id, changes: { type: id } },
    ],
    { label: messages.changeFork },
  );
  if (!result.ok) store.notify(result.error.message, 'warning');
}

/** A type of the flow that does what a library's type does; undefined when that has no source. */
export function copyOf(type: NodeType): FlowType | undefined {
  const { implementation, title, description, category } = type;
  if (implementation.kind !== 'source') return undefined;
  const about = { title, ...(category === undefined ? {} : { category }) };
  const { source, entry } = implementation;
  if (implementation.language === 'python') return { kind: 'python', ...about, source, entry };
  return {
    kind: 'javascript',
    ...about,
    ...(description === undefined ? {} : { description }),
    source,
    inputs: Object.fromEntries(type.inputs.map((port) => [port.id, declareInput(port)])),
    outputs: Object.fromEntries(type.outputs.map((port) => [port.id, declareOutput(port)])),
    pure: type.pure,
  };
}

function declareOutput({ type, title, help }: Pick<OutputPort, 'type' | 'title' | 'help'>): PortDeclaration {
  return { type: formatPortType(type), title, ...(help === undefined ? {} : { help }) };
}

function declareInput(port: InputPort): PortDeclaration {
  return {
    ...declareOutput(port),
    required: port.required,
    ...(port.default === undefined ? {} : { default: port.default }),
    ...(port.multiple === undefined ? {} : { multiple: port.multiple }),
    // A widget is plain data; only its type does not say so.
    ...(port.widget === undefined ? {} : { widget: { ...port.widget } as NonNullable<PortDeclaration['widget']> }),
  };
}
