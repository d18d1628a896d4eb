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
  type Operation,
  type PortType,
} from '@loom/graph';
import { inputProblem } from '@loom/graph/schema';
import type { InputArgument } from '../arguments.js';
import { chooseFile, readTextFile } from './input-file.js';

/** What `--input` says of one port. */
interface PortInput {
  readonly name: string;
  readonly node: string;
  readonly port: InputPort;
  readonly texts: string[];
}

/**
 * Puts the values of `--input` into a flow, as literals of the ports that they name: a promoted input, or `NODE.PORT`. Paths after
 * `@` are relative to the folder.
 *
 * @throws LoomError `cli/input` naming the input that does not exist or the value that does not fit.
 */
export async function withInputs(
  document: FlowDocument,
  library: Library,
  inputs: readonly InputArgument[],
  folder: string,
): Promise<FlowDocument> {
  const operations: Operation[] = [];
  for (const input of byPort(document, library, inputs)) {
    const { name, node, port } = input;
    if (!port.multiple && graphIndex(document).incomingTo(node, port.id).length > 0) {
      throw new LoomError('cli/input', `--input ${name} would change nothing: a wire leads to that input.`);
    }
    const value = await literalOf(input, folder);
    const problem = port.multiple ? undefined : inputProblem(value, port);
    if (problem !== undefined) throw new LoomError('cli/input', `--input ${name}: ${problem}`);
    operations.push({ kind: 'set-input', id: node, port: port.id, value });
  }
  const result = applyOperations(document, operations, { library });
  if (!result.ok) throw new LoomError('cli/input', result.error.message, { cause: result.error });
  return result.document;
}

function byPort(document: FlowDocument, library: Library, inputs: readonly InputArgument[]): Iterable<PortInput> {
  const ports = new Map<string, PortInput>();
  for (const { name, text } of inputs) {
    const { node, port } = findPort(document, library, name);
    const key = JSON.stringify([node, port.id]);
    const known = ports.get(key);
    if (known) known.texts.push(text);
    else ports.set(key, { name, node, port, texts: [text] });
  }
  return ports.values();
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

/** `007` stays text where the port takes text; after `@` there is a path; everywhere else the value is JSON. */
async function literalOf({ name, port, texts }: PortInput, folder: string): Promise<Json> {
  const { type } = port;
  const [text = ''] = texts;
  const items = type.kind === 'list' ? takenFrom(type.item) : undefined;
  if (items !== undefined && texts.every((each) => each.startsWith('@'))) {
    return Promise.all(texts.map((each) => chooseFile(name, folder, each.slice(1), items)));
  }
  if (texts.length > 1)
    throw new LoomError('cli/input', `--input ${name} is given ${texts.length} times; once is enough.`);
  if (takesText(type)) return text;
  const as = takenFrom(type);
  if (text.startsWith('@')) {
    const path = text.slice(1);
    return as
      ? chooseFile(name, folder, path, as)
      : parseValue(name, type, await readTextFile(name, folder, path), path);
  }
  if (type.kind === 'file' || type.kind === 'bytes') {
    throw new LoomError('cli/input', `--input ${name} wants a file: write ${name}=@${text || 'PATH'}.`);
  }
  return parseValue(name, type, text);
}

function parseValue(name: string, type: PortType, text: string, path?: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (path !== undefined)
      throw new LoomError('cli/input', `--input ${name}: there is no JSON in ${path}.`, { cause });
    if (type.kind === 'any' || type.kind === 'json') return text;
    throw new LoomError('cli/input', `--input ${name} wants ${formatPortType(type)} as JSON, not "${text}".`, {
      cause,
    });
  }
}

/** Whether a port takes files or what is in them. Code that takes anything gets the file: it can do more with it. */
function takenFrom(type: PortType): 'file' | 'bytes' | undefined {
  if (type.kind === 'any' || type.kind === 'variable') return 'file';
  if (type.kind === 'file' || type.kind === 'bytes') return type.kind;
  if (type.kind !== 'union') return undefined;
  const members = type.members.map(takenFrom);
  return members.includes('file') ? 'file' : members.find((member) => member !== undefined);
}

function takesText(type: PortType): boolean {
  if (type.kind === 'union') return type.members.every((member) => member.kind === 'none' || takesText(member));
  return type.kind === 'string' || (type.kind === 'literal' && typeof type.value === 'string');
}
