import type { EdgeId, NodeId } from '@loom/graph';

/** What lies at a place of the drawing. */
export type SceneHit =
  | { readonly kind: 'node'; readonly id: NodeId }
  | { readonly kind: 'wire'; readonly id: EdgeId }
  | { readonly kind: 'frame'; readonly id: string };
