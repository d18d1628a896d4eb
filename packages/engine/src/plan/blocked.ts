import type { InputPort, Json, NodeType, PortId, TypeProblem } from '@loom/graph';
import { missingFile } from '../file/chosen-files.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { checkInput } from './check-input.js';

/** What a node is given by promoted inputs of the flow, by port. */
export type Overrides = ReadonlyMap<number, ReadonlyMap<PortId, Json>>;

/** Why a node cannot run as the document has it; undefined when it can. Says the first thing that is wrong. */
export function blockedBy(flow: CompiledFlow, node: number, overrides: Overrides): NodeError | undefined {
  const { type: typeId } = flow.nodes[node] as CompiledFlow['nodes'][number]; // every index has a node
  const type = flow.types[node];
  if (flow.escaping.has(node)) {
    const way = 'Give the value to a result or a carried value of the zone, and take it from there.';
    return blocked('zone/escaping-wire', `A wire leads here from within a zone, past the zone's own ports. ${way}`);
  }
  if (flow.recursive.has(node)) {
    return blocked('subgraph/recursive', 'This subgraph contains itself, or is nested too deep to be run.');
  }
  if (!type || type.implementation.kind === 'missing') {
    const [problem] = type?.problems ?? [];
    const message = `Nobody here defines the node type "${typeId}".`;
    return blocked(
      'node/unknown-type',
      problem ? `${message} ${problem.message}` : `${message} Add its shelf to the library.`,
    );
  }
  if (type.implementation.kind === 'zone' && !flow.containers?.has(node)) {
    return blocked('zone/no-settings', 'This zone does not say how it repeats its body. Add it anew from the library.');
  }
  if (flow.cyclic[node] === 1) {
    return blocked(
      'graph/cycle',
      'This node waits for its own result. Remove a wire of the cycle; to repeat, use a zone.',
    );
  }
  const problem = type.problems.find(({ severity }) => severity === 'error');
  if (problem) return typeError(type, problem);
  return wiringError(flow, node, type) ?? inputError(flow, node, type, overrides.get(node));
}

function blocked(code: string, message: string): NodeError {
  return { code, message, frames: [] };
}

function typeError(type: NodeType, { message, line, column, endLine, endColumn }: TypeProblem): NodeError {
  const { implementation } = type;
  const language = implementation.kind === 'source' ? implementation.language : 'javascript';
  const code = `${language}/syntax`;
  if (line === undefined) return blocked(code, message);
  const source = implementation.kind === 'source' ? implementation.source : '';
  const text = source.split('\n')[line - 1];
  const frame = {
    typeId: type.id,
    functionName: '<module>',
    line,
    ...(column === undefined ? {} : { column }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
    ...(text === undefined ? {} : { text: text.trim() }),
  };
  return { code, message, frames: [frame] };
}

/** Wires from or to ports that do not exist any more, and several wires where one fits. */
function wiringError(flow: CompiledFlow, node: number, type: NodeType): NodeError | undefined {
  const start = flow.inStart[node] as number; // typed arrays of fixed length, here and below
  const end = flow.inStart[node + 1] as number;
  for (let k = start; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    const port = flow.edgeTargetPort[edge] as PortId;
    if (port.startsWith('capture:')) continue;
    const input = type.inputs.find(({ id, inner }) => id === port && !inner);
    if (!input) {
      return blocked(
        'node/unknown-port',
        `A wire leads to the input "${port}", which this node does not have any more.`,
      );
    }
    const source = flow.types[flow.edgeSource[edge] as number];
    const sourcePort = flow.edgeSourcePort[edge] as PortId;
    // A source without a type is blocked itself; what it lacks is no fault of this node.
    if (
      source &&
      source.implementation.kind !== 'missing' &&
      !source.outputs.some(({ id, inner }) => id === sourcePort && !inner)
    ) {
      const message = `The wire into "${input.title}" comes from the output "${sourcePort}", which does not exist any more.`;
      return blocked('node/unknown-port', message);
    }
    if (input.multiple) continue;
    for (let other = start; other < k; other++) {
      if (flow.edgeTargetPort[flow.inEdges[other] as number] === port) {
        return blocked(
          'node/too-many-wires',
          `Several wires lead to "${input.title}", which takes one. Remove the others.`,
        );
      }
    }
  }
  return exitError(flow, node, type);
}

/** Several wires where a zone takes one from its body, or wires to what it does not have. */
function exitError(flow: CompiledFlow, node: number, type: NodeType): NodeError | undefined {
  const container = flow.containers?.get(node);
  if (container?.kind !== 'zone') return undefined;
  const { body } = container;
  const seen = new Set<PortId>();
  const end = body.inStart[body.exit + 1] as number;
  for (let k = body.inStart[body.exit] as number; k < end; k++) {
    const port = body.edgeTargetPort[body.inEdges[k] as number] as PortId;
    const input = type.inputs.find(({ id, inner }) => id === port && inner);
    if (!input) {
      return blocked(
        'node/unknown-port',
        `A wire of its body leads to "${port}", which this zone does not have inside.`,
      );
    }
    if (seen.has(port)) {
      return blocked('node/too-many-wires', `Several wires of its body lead to "${input.title}". Remove all but one.`);
    }
    seen.add(port);
  }
  return undefined;
}

function inputError(
  flow: CompiledFlow,
  node: number,
  type: NodeType,
  overrides: ReadonlyMap<PortId, Json> | undefined,
): NodeError | undefined {
  let missing: InputPort[] | undefined;
  for (const input of type.inputs) {
    if (isConnected(flow, node, input.id)) continue;
    const literal = givenLiteral(flow, node, overrides, input.id);
    if (literal === undefined) {
      if (!input.required || input.default !== undefined) continue;
      missing ??= [];
      missing.push(input);
      continue;
    }
    const problem = checkInput(literal, input);
    if (problem !== undefined) return blocked('node/wrong-literal', `"${input.title}": ${problem}`);
    const file = missingFile(literal);
    if (file !== undefined) {
      return blocked(
        'node/file-missing',
        `"${input.title}": the file "${file}" was chosen in an earlier session, and a flow keeps only its name. Choose it again.`,
      );
    }
  }
  if (!missing) return undefined;
  const titles = missing.map(({ title }) => `"${title}"`).join(', ');
  const plural = missing.length === 1 ? '' : 's';
  return blocked(
    'node/missing-input',
    `Nothing is given for the input${plural} ${titles}. Connect a wire or enter a value.`,
  );
}

/** The literal of an input: from outside, else from the document. `null` is a value; only a missing key is absent. */
export function givenLiteral(
  flow: CompiledFlow,
  node: number,
  overrides: ReadonlyMap<PortId, Json> | undefined,
  port: PortId,
): Json | undefined {
  if (overrides?.has(port)) return overrides.get(port);
  const literals = flow.nodes[node]?.inputs;
  return literals && Object.hasOwn(literals, port) ? literals[port] : undefined;
}

function isConnected(flow: CompiledFlow, node: number, port: PortId): boolean {
  const end = flow.inStart[node + 1] as number;
  for (let k = flow.inStart[node] as number; k < end; k++) {
    if (flow.edgeTargetPort[flow.inEdges[k] as number] === port) return true;
  }
  return false;
}
