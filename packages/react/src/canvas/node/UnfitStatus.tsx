import { formatPortType, type InputPort, type Json } from '@loom/graph';
import { inputProblem, inputSchemaFault } from '@loom/graph/schema';
import type { ComponentType, ReactNode } from 'react';
import { type Messages, useMessages } from '../../messages/messages.js';
import { misfit } from '../../widgets/fits.js';
import type { NodeModel } from './node-model.js';

interface UnfitStatusProps {
  readonly model: NodeModel;
  readonly NotReady: ComponentType<{ readonly reason: string }>;
  /** What stands there where all fits. */
  readonly children: ReactNode;
}

/** That a node cannot run because a value does not fit its input, with the place in that value. */
export function UnfitStatus({ model, NotReady, children }: UnfitStatusProps): ReactNode {
  const messages = useMessages();
  const reasons = model.inputs.flatMap((port) => {
    const value = model.node.inputs?.[port.id];
    const words =
      value === undefined || model.connectedInputs.has(port.id) ? undefined : unfitWords(value, port, messages);
    return words === undefined ? [] : [`${port.title}: ${words}`];
  });
  return reasons.length === 0 ? children : <NotReady reason={reasons.join(' ')} />;
}

function unfitWords(value: Json, port: InputPort, messages: Messages): string | undefined {
  const problem = inputProblem(value, port);
  if (problem === undefined) return undefined;
  const type = port.multiple === true ? undefined : misfit(value, port.type);
  if (type !== undefined) {
    const asked = formatPortType(type.type);
    return type.path === '' ? messages.problemType(asked) : messages.problemTypeAt(asked, type.path);
  }
  const fault = inputSchemaFault(value, port);
  if (fault === undefined) return problem;
  return `${fault.path} ${messages.problemSchema(fault.keyword, fault.limit, fault.message)}`.trim();
}
