import type { FlowDocument, FlowNode } from '../document.js';
import { inputType } from '../effective-types.js';
import { graphIndex } from '../graph-index.js';
import type { Issue } from '../issue.js';
import type { Json } from '../json.js';
import type { Library } from '../library.js';
import { type FlowGraph, nodePorts } from '../node-ports.js';
import type { InputPort } from '../node-type.js';
import { literalProblem } from '../port-type/literal.js';
import { promotedInputs } from './promoted-ports.js';
import { checkSettings } from './settings.js';

/** Unknown types, literals that do not fit or have no port, required inputs that nothing feeds, and settings. */
export function checkNodes(
  graph: FlowGraph & Pick<FlowDocument, 'inputs'>,
  library: Library,
  path: readonly string[],
): Issue[] {
  const promoted = promotedInputs(graph);
  const issues: Issue[] = [];
  for (const id of Object.keys(graph.nodes)) {
    const node = graph.nodes[id] as FlowNode; // a key of the table
    const at = [...path, 'nodes', id];
    const ports = nodePorts(graph, library, id);
    const { type, inputs } = ports;
    if (!type) {
      const message = `Nothing here defines the type "${node.type}". The node keeps its wires and values, and cannot run.`;
      issues.push({ code: 'node/unknown-type', severity: 'error', path: [...at, 'type'], message });
    }
    if (!type || type.implementation.kind === 'missing') continue;
    issues.push(...checkLiterals(graph, library, id, node, inputs, at));
    issues.push(...inputs.flatMap((input) => checkPresence(graph, id, node, input, promoted, at)));
    issues.push(...checkSettings(node, type, ports, at));
  }
  return issues;
}

function checkLiterals(
  graph: FlowGraph,
  library: Library,
  id: string,
  node: FlowNode,
  inputs: readonly InputPort[],
  at: readonly string[],
): Issue[] {
  return Object.entries(node.inputs ?? {}).flatMap(([port, value]): Issue[] => {
    const input = inputs.find((candidate) => candidate.id === port);
    const path = [...at, 'inputs', port];
    if (!input) {
      const message = `The node has no input "${port}". Its value is kept, and not used.`;
      return [{ code: 'node/unknown-input', severity: 'warning', path, message }];
    }
    // A wire wins over the literal, and a default is a value that the author allows whatever the type says.
    if (graphIndex(graph).incomingTo(id, port).length > 0 || sameJson(value, input.default)) return [];
    const problem = literalProblem(value, inputType(graph, library, id, port));
    if (problem === undefined || (input.multiple && Array.isArray(value))) return [];
    return [{ code: 'node/wrong-literal', severity: 'error', path, message: `Input "${input.title}": ${problem}` }];
  });
}

function checkPresence(
  graph: FlowGraph,
  id: string,
  node: FlowNode,
  input: InputPort,
  promoted: ReadonlySet<string>,
  at: readonly string[],
): Issue[] {
  if (!input.required || Object.hasOwn(node.inputs ?? {}, input.id)) return [];
  if (graphIndex(graph).incomingTo(id, input.id).length > 0) return [];
  if (promoted.has(JSON.stringify([id, input.id]))) return [];
  const message = `Input "${input.title}" needs a wire or a value before the node can run.`;
  return [{ code: 'node/missing-input', severity: 'warning', path: [...at, 'inputs', input.id], message }];
}

function sameJson(value: Json, other: Json | undefined): boolean {
  return value === other || JSON.stringify(value) === JSON.stringify(other);
}
