import type { FlowNode, InputPort, NodeId, NodeType, OutputPort, TypeId } from '@loom/graph';
import type { ComponentType } from 'react';

/** Props of a view of an app for a node. What the node did is read with `useNodeRun` and `usePortValue`. */
export interface NodeViewProps {
  readonly id: NodeId;
  readonly node: FlowNode;
  /** Undefined when nobody defines the type. */
  readonly type: NodeType | undefined;
  readonly title: string;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly selected: boolean;
  readonly readOnly: boolean;
}

/** A view with the room that it wants. The canvas knows all sizes without measuring, so it has to be told. */
export interface NodeViewDefinition {
  readonly component: ComponentType<NodeViewProps>;
  /** In flow units, which are pixels at zoom 1. A size that someone gave the node wins. @default 96 */
  readonly height?: number;
  /**
   * `below` the ports, where a node shows its result; or it `covers` names and fields of the ports: only header and
   * handles stay. @default 'below'
   */
  readonly place?: 'below' | 'covers';
}

/** Views by type, such as `image/blur`, or by category, such as `category:Image`. The one by type wins. */
export type NodeViews = Readonly<Record<string, ComponentType<NodeViewProps> | NodeViewDefinition>>;

const DEFAULT_HEIGHT = 96;

/** Whether two entries are the same view, also when an app writes the definition anew at each render. */
export function sameView(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isDefinition(a) || !isDefinition(b)) return false;
  return a.component === b.component && a.height === b.height && a.place === b.place;
}

function isDefinition(view: unknown): view is NodeViewDefinition {
  return typeof view === 'object' && view !== null && 'component' in view;
}

/** The view that an app has for nodes of a type. */
export function nodeViewFor(
  views: NodeViews | undefined,
  typeId: TypeId,
  category: string | undefined,
): Required<NodeViewDefinition> | undefined {
  if (views === undefined) return undefined;
  const key = [typeId, `category:${category}`].find((name) => Object.hasOwn(views, name));
  const view = key === undefined ? undefined : views[key];
  if (view === undefined) return undefined;
  const definition = isDefinition(view) ? view : { component: view };
  return { height: DEFAULT_HEIGHT, place: 'below', ...definition };
}
