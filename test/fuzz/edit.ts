import type { FlowDocument, FlowNode, JoinPolicy, Json, NodeId } from '@loom/graph';
import { behaviourOf, type FlowFeatures } from '@loom/testing';
import * as fc from 'fast-check';

/** One change of a document, written so that any document can take it. */
export type Edit =
  | { readonly kind: 'move' | 'mute' | 'unwire'; readonly place: number }
  | { readonly kind: 'literal'; readonly place: number; readonly value: Json }
  | { readonly kind: 'join'; readonly place: number; readonly join: JoinPolicy }
  | { readonly kind: 'code'; readonly place: number }
  | { readonly kind: 'zone'; readonly place: number };

const place = fc.nat({ max: 20 });

/** Random edits. */
export function edit({ joins }: FlowFeatures): fc.Arbitrary<Edit> {
  const policies: readonly JoinPolicy[] = joins ? ['all', 'any', 'settled'] : ['all'];
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('move', 'mute', 'unwire', 'code', 'zone'), place }),
    fc.record({ kind: fc.constant('literal'), place, value: fc.constantFrom<Json>(0, 1, 2, 'ab', true) }),
    fc.record({ kind: fc.constant('join'), place, join: fc.constantFrom(...policies) }),
  );
}

/** The document with a change, or the same where there is nothing to change. */
export function edited(document: FlowDocument, change: Edit): FlowDocument {
  const at = <T>(all: readonly T[]): T | undefined => all[change.place % Math.max(1, all.length)];
  const ids = Object.keys(document.nodes);
  const functions = ids.filter((id) => behaviourOf(document.nodes[id]?.type ?? ''));
  switch (change.kind) {
    case 'move':
      return withNode(document, at(ids), (node) => ({ ...node, position: { x: node.position.x + 1, y: 0 } }));
    case 'mute':
      return withNode(document, at(ids), ({ settings = {}, ...node }) => ({
        ...node,
        settings: { ...settings, mode: settings.mode === 'muted' ? 'normal' : 'muted' },
      }));
    case 'unwire': {
      const gone = at(Object.keys(document.edges));
      return { ...document, edges: Object.fromEntries(Object.entries(document.edges).filter(([id]) => id !== gone)) };
    }
    case 'literal':
      return withNode(document, at(functions), (node) => {
        const port = freePort(node);
        return port === undefined ? node : { ...node, inputs: { ...node.inputs, [port]: change.value } };
      });
    case 'join':
      return withNode(document, at(functions), (node) => ({
        ...node,
        settings: { ...node.settings, join: change.join },
      }));
    case 'code':
      return withNode(document, at(functions), (node) => ({ ...node, type: node.type.replace('now/', 'later/') }));
    case 'zone':
      return withNode(document, at(ids), (node) => {
        const { zone } = node.settings ?? {};
        if (zone?.kind !== 'while' && zone?.kind !== 'repeat') return node;
        return {
          ...node,
          settings: { ...node.settings, zone: { ...zone, limit: Math.max(0, (zone.limit ?? 4) - 1) } },
        };
      });
  }
}

function withNode(document: FlowDocument, id: NodeId | undefined, change: (node: FlowNode) => FlowNode): FlowDocument {
  const node = id === undefined ? undefined : document.nodes[id];
  const isGroup = node?.settings?.zone?.kind === 'group';
  return node && id !== undefined && !isGroup
    ? { ...document, nodes: { ...document.nodes, [id]: change(node) } }
    : document;
}

/** An input for one wire that takes anything. */
function freePort(node: FlowNode): string | undefined {
  const { behaviour } = behaviourOf(node.type) ?? {};
  const [port] = Object.entries(behaviour?.inputs ?? {}).find(([, input]) => {
    const declared = typeof input === 'string' ? { type: input } : input;
    return (declared.type === 'any' || declared.type === 'json') && !('multiple' in declared);
  }) ?? [undefined];
  return port;
}
