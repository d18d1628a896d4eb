import type { NodeId, Operation } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import { nodeTitle } from '../store/loom-store.js';
import { containersOf, isContainer, outermost, withContents } from './containment.js';
import { moveContents } from './move.js';

/** Room between what was moved into a container and its edges, in flow units. */
const MARGIN = 24;

/** The containers that all of these nodes can be moved into, and `undefined` when they can be moved out of all. */
export function destinations({ store }: CommandContext): readonly (NodeId | undefined)[] {
  const { flow, session } = store.getState();
  const { nodes } = flow.document;
  const moving = outermost(nodes, session.selection.nodes);
  const within = withContents(nodes, moving);
  const parents = new Set(moving.map((id) => nodes[id]?.parent));
  const [only] = parents;
  const zones = Object.keys(nodes).filter(
    (id) => isContainer(nodes[id]) && !within.has(id) && !(parents.size === 1 && only === id),
  );
  return moving.some((id) => nodes[id]?.parent !== undefined) ? [undefined, ...zones] : zones;
}

/** Moves the selection into a container, or out of all of them, as one step; its wires must allow it. */
export function moveInto({ store, canvas, messages }: CommandContext, container: NodeId | undefined): boolean {
  const { flow, session } = store.getState();
  const { nodes } = flow.document;
  const moving = outermost(nodes, session.selection.nodes);
  const operations: Operation[] = [];
  const place = canvas.dropPlace();
  const target = place.containers.find(({ id }) => id === container);
  const corner = moving.reduce(
    (least, id) => ({
      x: Math.min(least.x, nodes[id]?.position.x ?? least.x),
      y: Math.min(least.y, nodes[id]?.position.y ?? least.y),
    }),
    { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY },
  );
  if (target !== undefined) {
    const x = target.position.x + MARGIN - corner.x;
    const y = target.position.y + place.headOf(target.id) + MARGIN - corner.y;
    const positions = Object.fromEntries(
      moving.flatMap((id) => {
        const at = nodes[id]?.position;
        return at === undefined ? [] : [[id, { x: Math.round(at.x + x), y: Math.round(at.y + y) }]];
      }),
    );
    operations.push({ kind: 'move-nodes', positions: moveContents(nodes, positions) });
  }
  for (const id of moving) operations.push({ kind: 'update-node', id, changes: { parent: container ?? null } });
  const result = store.dispatch(operations, { label: messages().moveInto });
  if (!result.ok) {
    store.notify(result.error.message, 'warning');
    return false;
  }
  store.announce(
    container === undefined ? messages().announceMovedOut : messages().announceMovedInto(nodeTitle(flow, container)),
  );
  return true;
}

/** How a container is told from others of the same name: by those around it. */
export function containerPath({ store }: CommandContext, id: NodeId): string {
  const { flow } = store.getState();
  return containersOf(flow.document.nodes, id)
    .toReversed()
    .map((around) => nodeTitle(flow, around))
    .join(' › ');
}
