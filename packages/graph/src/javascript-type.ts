import { contentHash } from './content-hash.js';
import type { JavaScriptFlowType } from './document.js';
import type { TypeId } from './id.js';
import type { NodeType, TypeProblem } from './node-type.js';
import { readInputPort, readOutputPort } from './port-declaration.js';

/** The node type of a JavaScript source inside a flow. Ports are declared, so nothing of the source is run or read. */
export function readJavaScriptType(id: TypeId, type: JavaScriptFlowType): NodeType {
  const problems: TypeProblem[] = [];
  const inputs = Object.entries(type.inputs ?? {}).map(([port, declared]) => readInputPort(port, declared, problems));
  const outputs = Object.entries(type.outputs ?? {}).map(([port, declared]) =>
    readOutputPort(port, declared, problems),
  );
  return {
    id,
    title: type.title ?? id,
    ...(type.description !== undefined && { description: type.description }),
    ...(type.category !== undefined && { category: type.category }),
    version: 1,
    inputs,
    outputs,
    pure: type.pure ?? false,
    implementation: {
      kind: 'source',
      language: 'javascript',
      source: type.source,
      entry: 'default',
      revision: contentHash(`javascript\n${outputs.map((port) => port.id).join('\n')}\n\n${type.source}`),
      returns: 'mapping',
    },
    problems,
  };
}
