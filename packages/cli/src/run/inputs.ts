import {
  applyOperations,
  type FlowDocument,
  formatPortType,
  graphIndex,
  type InputPort,
  type Json,
  type Library,
  LoomError,
  nodePorts,
  type PortType,
} from '@loom/graph';
import type { InputArgument } from '../arguments.js';

/**
 * Puts the values of `--input` into a flow, as literals of the ports that they name: a promoted input, or `NODE.PORT`.
 *
 * @throws LoomError `cli/input` naming the input that does not exist or the value that does not fit.
 */
export function withInputs(document: FlowDocument, library: Library, inputs: readonly InputArgument[]): FlowDocument {
  const operations = inputs.map((input) => {
    const { node, port } = findPort(document, library, input.name);
    if (!port.multiple && graphIndex(document).incomingTo(node, port.id).length > 0) {
      const message = `--input ${input.name} would change nothing: a wire leads to that input.`;
      throw new LoomError('cli/input', message);
    }
    return { kind: 'set-input', id: node, port: port.id, value: parseValue(input, port) } as const;
  });
  const result = applyOperations(document, operations, { library });
  if (!result.ok) throw new LoomError('cli/input', result.error.message, { cause: result.error });
  return result.document;
}

function findPort(document: FlowDocument, library: Library, name: string): { node: string; port: InputPort } {
  const promoted = Object.hasOwn(document.inputs, name) ? document.inputs[name] : undefined;
  const at = name.lastIndexOf('.');
  const node = promoted?.node ?? name.slice(0, Math.max(at, 0));
  const portId = promoted?.port ?? name.slice(at + 1);
  const port = Object.hasOwn(document.nodes, node)
    ? nodePorts(document, library, node).inputs.find((candidate) => candidate.id === portId)
    : undefined;
  if (port) return { node, port };
  const known = Object.keys(document.inputs);
  const hint = known.length > 0 ? `Its inputs are ${known.join(', ')}; NODE.PORT works too.` : 'Write NODE.PORT.';
  throw new LoomError('cli/input', `The flow has no input "${name}". ${hint}`);
}

/** `007` stays text where the port takes text; everywhere else the value is JSON. */
function parseValue({ name, text }: InputArgument, port: InputPort): Json {
  if (takesText(port.type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (port.type.kind === 'any' || port.type.kind === 'json') return text;
    const wanted = formatPortType(port.type);
    throw new LoomError('cli/input', `--input ${name} wants ${wanted} as JSON, not "${text}".`, { cause });
  }
}

function takesText(type: PortType): boolean {
  if (type.kind === 'union') return type.members.every((member) => member.kind === 'none' || takesText(member));
  return type.kind === 'string' || (type.kind === 'literal' && typeof type.value === 'string');
}
