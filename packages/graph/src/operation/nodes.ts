import type { FlowDocument, FlowNode, PromotedPort } from '../document.js';
import { LoomError } from '../error.js';
import type { NodeId } from '../id.js';
import * as field from '../load/fields.js';
import { node as nodeReader, position, settings, size, view } from '../load/node.js';
import type { Operation } from './operation.js';
import { accept, acceptId } from './value.js';
import type { WorkingCopy } from './working-copy.js';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

export function addNode(copy: WorkingCopy, { id, node }: Of<'add-node'>): void {
  acceptId(id, 'a node');
  if (copy.nodes.get(id))
    throw new LoomError('graph/duplicate-id', `There is already a node "${id}".`, { context: { id } });
  const accepted = accept(nodeReader, node, `node "${id}"`);
  if (accepted.parent !== undefined) checkParent(copy, id, accepted.parent);
  copy.setNode(id, accepted);
}

/** What is already gone is no fault: what the operation wants holds. */
export function removeNodes(copy: WorkingCopy, { ids }: Of<'remove-nodes'>): void {
  const removed = new Set(ids.filter((id) => copy.nodes.get(id)));
  for (const id of removed) {
    for (const child of copy.childrenOf(id)) if (!removed.has(child)) moveOut(copy, child, removed);
  }
  for (const id of removed) {
    for (const edge of copy.edgesOf(id)) copy.edges.remove(edge);
    copy.nodes.remove(id);
  }
  for (const side of ['inputs', 'outputs'] as const) withdrawPorts(copy, side, removed);
}

/** Puts a node where its parent is, or that one's parent when it goes, too. */
function moveOut(copy: WorkingCopy, id: NodeId, removed: ReadonlySet<NodeId>): void {
  const { parent, ...rest } = needNode(copy, id);
  let above = parent;
  while (above !== undefined && removed.has(above)) above = copy.nodes.get(above)?.parent;
  copy.setNode(id, above === undefined ? rest : { ...rest, parent: above });
}

export function moveNodes(copy: WorkingCopy, { positions }: Of<'move-nodes'>): void {
  for (const [id, to] of Object.entries(positions)) {
    copy.setNode(id, { ...needNode(copy, id), position: accept(position, to, `position of "${id}"`) });
  }
}

const changeReaders = {
  label: field.text,
  size,
  parent: field.name,
  settings,
  view,
  typeVersion: field.integer(0),
  type: field.name,
};

export function updateNode(copy: WorkingCopy, { id, changes }: Of<'update-node'>): void {
  const node: Record<string, unknown> = { ...needNode(copy, id) };
  for (const [key, value] of Object.entries(changes)) {
    if (!Object.hasOwn(changeReaders, key)) {
      throw new LoomError('operation/invalid', `A node has no field "${key}" that can be updated.`, {
        context: { id },
      });
    }
    const reader: field.FieldReader = changeReaders[key as keyof typeof changeReaders];
    if (value === undefined || value === null) {
      if (key === 'type')
        throw new LoomError('operation/invalid', `Node "${id}" must have a type.`, { context: { id } });
      delete node[key];
    } else node[key] = accept(reader, value, key);
  }
  // Each field was read by its reader, and those that must be there were not taken away.
  const next = node as unknown as FlowNode;
  if (typeof changes.parent === 'string') checkParent(copy, id, changes.parent);
  copy.setNode(id, next);
}

export function setInput(copy: WorkingCopy, { id, port, value }: Of<'set-input'>): void {
  const node = needNode(copy, id);
  acceptId(port, 'a port');
  copy.setNode(id, {
    ...node,
    inputs: { ...node.inputs, [port]: accept(field.json, value, `input "${port}"`) as null },
  });
}

export function clearInput(copy: WorkingCopy, { id, port }: Of<'clear-input'>): void {
  const node = needNode(copy, id);
  if (!node.inputs || !Object.hasOwn(node.inputs, port)) return;
  const { [port]: _cleared, ...inputs } = node.inputs;
  const { inputs: _inputs, ...rest } = node;
  // A node without literals has no `inputs`, as one that never had any, so that both are the same file.
  copy.setNode(id, Object.keys(inputs).length > 0 ? { ...node, inputs } : rest);
}

/** @throws LoomError `graph/unknown-node` */
export function needNode(copy: WorkingCopy, id: NodeId): FlowNode {
  const node = copy.nodes.get(id);
  if (node) return node;
  throw new LoomError('graph/unknown-node', `There is no node "${id}".`, { context: { node: id } });
}

function checkParent(copy: WorkingCopy, id: NodeId, parent: NodeId): void {
  let above: NodeId | undefined = parent;
  const seen = new Set<NodeId>([id]);
  while (above !== undefined) {
    if (seen.has(above)) {
      const message = `Node "${id}" cannot lie in "${parent}", which lies in it.`;
      throw new LoomError('graph/parent-cycle', message, { context: { node: id, parent } });
    }
    seen.add(above);
    above = needNode(copy, above).parent;
  }
}

/** A promoted port leads to a node; with the node gone it would lead nowhere. */
function withdrawPorts(copy: WorkingCopy, side: 'inputs' | 'outputs', removed: ReadonlySet<NodeId>): void {
  const ports = (copy.fields.get(side) ?? copy.base[side]) as FlowDocument['inputs'];
  const left = Object.entries(ports).filter(([, port]: [string, PromotedPort]) => !removed.has(port.node));
  if (left.length < Object.keys(ports).length) copy.fields.set(side, Object.fromEntries(left));
}
