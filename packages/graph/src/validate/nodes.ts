import type { FlowNode } from '../document.js';
import { inputType } from '../effective-types.js';
import type { Issue } from '../issue.js';
import type { Json } from '../json.js';
import type { InputPort } from '../node-type.js';
import { sameJson } from '../same-json.js';
import { promotedInputs } from './promoted-ports.js';
import { checkSettings } from './settings.js';
import { isFed, type WiredGraph } from './wired-graph.js';

/** Unknown types, literals that do not fit or have no port, required inputs that nothing feeds, and settings. */
export function checkNodes(graph: WiredGraph): Issue[] {
  const { document, path, nodeIds } = graph;
  const promoted = promotedInputs(document);
  const issues: Issue[] = [];
  for (const id of nodeIds) {
    const node = document.nodes[id];
    const ports = graph.ports.get(id);
    if (!node || !ports) continue;
    const { type, inputs } = ports;
    if (!type) {
      const message = `Nothing here defines the type "${node.type}". The node keeps its wires and values, and cannot run.`;
      issues.push({ code: 'node/unknown-type', severity: 'error', path: [...path, 'nodes', id, 'type'], message });
    }
    if (!type || type.implementation.kind === 'missing') continue;
    if (node.inputs) issues.push(...checkLiterals(graph, id, node.inputs, inputs));
    for (const input of inputs) if (input.required) issues.push(...checkPresence(graph, id, node, input, promoted));
    const settings = checkSettings(node, type, ports);
    for (const { path: place, ...issue } of settings) issues.push({ ...issue, path: [...path, 'nodes', id, ...place] });
  }
  return issues;
}

function checkLiterals(
  graph: WiredGraph,
  id: string,
  literals: Readonly<Record<string, Json>>,
  inputs: readonly InputPort[],
): Issue[] {
  const { document, library } = graph;
  return Object.keys(literals).flatMap((port): Issue[] => {
    const value = literals[port] as Json; // one of its keys
    const input = inputs.find((candidate) => candidate.id === port);
    const path = (): string[] => [...graph.path, 'nodes', id, 'inputs', port];
    if (!input) {
      const message = `The node has no input "${port}". Its value is kept, and not used.`;
      return [{ code: 'node/unknown-input', severity: 'warning', path: path(), message }];
    }
    // A wire wins over the literal, and a default is a value that the author allows whatever the type says.
    if (isFed(graph, id, port) || sameJson(value, input.default)) return [];
    const problem = graph.checkInput(value, { ...input, type: inputType(document, library, id, port) });
    if (problem === undefined) return [];
    const message = `Input "${input.title}": ${problem}`;
    return [{ code: 'node/wrong-literal', severity: 'error', path: path(), message }];
  });
}

function checkPresence(
  graph: WiredGraph,
  id: string,
  node: FlowNode,
  input: InputPort,
  promoted: ReadonlySet<string>,
): Issue[] {
  if (isFed(graph, id, input.id) || Object.hasOwn(node.inputs ?? {}, input.id)) return [];
  if (promoted.has(JSON.stringify([id, input.id]))) return [];
  const message = `Input "${input.title}" needs a wire or a value before the node can run.`;
  const path = [...graph.path, 'nodes', id, 'inputs', input.id];
  return [{ code: 'node/missing-input', severity: 'warning', path, message }];
}
