import type { EdgeId, FlowDocument, FlowEdge, Issue, NodeId, PortId, Position, Size } from '@loom/graph';
import type { PortPlace } from '../ports/port-place.js';
import type { Guide } from '../snap/alignment.js';
import type { OpenedSubgraph } from '../subgraph/opened-graph.js';
import { emptySelection, type Selection } from './selection.js';

/** Where the canvas looks: the flow's origin in screen pixels, and pixels per flow unit. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** One of the panels around the canvas. `size` is its width or height in pixels. */
export interface PanelState {
  readonly open: boolean;
  readonly size: number;
}

/** The panels by name. */
export interface Panels {
  readonly library: PanelState;
  /** The flow as a tree. While it is open it stands where the library does. */
  readonly outline: PanelState;
  readonly inspector: PanelState;
  readonly bottom: PanelState;
}

/** A short message for people, announced politely. `tone` says how it looks. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** A wire that is being drawn, from this port. */
export interface Connecting extends PortPlace {
  /** The wire that is being moved to another port; it does not count while one looks for its new place. */
  readonly replacing?: string;
}

/** The search that adds a node. `at` is in flow units, `anchor` in pixels from the canvas corner. */
export interface QuickAddState {
  readonly at: Position;
  readonly anchor: { readonly x: number; readonly y: number };
  /** The loose end of a wire that was dropped on nothing: only types that fit are offered, and it is connected. */
  readonly from?: Connecting;
  /** A wire whose ends do not fit: only types that go in between are offered. */
  readonly refused?: RefusedWire;
  /** A wire that the new node goes into. */
  readonly wire?: EdgeId;
}

/** A wire that was refused because of its types. */
export interface RefusedWire {
  readonly edge: FlowEdge;
  /** In words for people. */
  readonly reason: string;
  /** The wire that it would have taken the place of. */
  readonly replacing?: EdgeId;
}

/** A wire that one points at. */
export interface HoveredWire {
  readonly edge: EdgeId;
  readonly anchor: { readonly x: number; readonly y: number };
}

/** What a menu is about. */
export type MenuName =
  | 'history'
  | 'run'
  | 'file'
  | 'node'
  | 'selection'
  | 'zone'
  | 'port'
  | 'edge'
  | 'frame'
  | 'note'
  | 'pane';

/** A menu that is open. `at` is in pixels from the corner of the editor. */
export interface MenuState {
  readonly name: MenuName;
  readonly at: { readonly x: number; readonly y: number };
}

/** A file that was opened and has faults: it replaces nothing before someone says so. */
export interface OpenedFile {
  readonly name: string;
  readonly document: FlowDocument;
  readonly issues: readonly Issue[];
}

/** A place in the code of a node that the code panel should show. `request` grows with each wish. */
export interface CodeTarget {
  readonly node: NodeId;
  readonly line: number;
  readonly column?: number;
  readonly request: number;
}

/** What an editor knows that is neither the flow nor its runs. Never saved, never undone. */
export interface SessionState {
  /** The subgraphs that one has gone into, the outermost first; empty for the flow itself. */
  readonly path: readonly OpenedSubgraph[];
  readonly selection: Selection;
  readonly viewport: Viewport;
  readonly panels: Panels;
  readonly bottomTab: 'output' | 'problems' | 'timeline';
  /** Grows with each wish to work in the outline: it then takes the focus. */
  readonly outlineRequest: number;
  readonly inspectorTab: 'node' | 'code';
  /** Positions of a drag in progress. It commits once, when it ends. */
  readonly drag: ReadonlyMap<NodeId, Position> | undefined;
  /** Likewise of frames and notes. */
  readonly frameDrag: ReadonlyMap<string, Position> | undefined;
  /** The container that the drag would put its nodes into; undefined while that is where they are. */
  readonly dropInto: NodeId | undefined;
  /** The wire that the dragged node would be put into. */
  readonly dropWire: EdgeId | undefined;
  /** What a drag snaps to. */
  readonly snap: { readonly grid: boolean; readonly guides: boolean };
  /** What stands in line with what is dragged at the moment. */
  readonly guides: readonly Guide[];
  /** The points of wires while one of them is dragged. */
  readonly wireDrag: ReadonlyMap<EdgeId, readonly Position[]> | undefined;
  /** What the next drag on the empty canvas draws around what it selects; undefined while a drag moves the view. */
  readonly tool: 'box' | 'lasso' | undefined;
  /** A layout of so many nodes that is being computed. Taking this away stops it. */
  readonly tidying: { readonly count: number } | undefined;
  readonly resize: { readonly node: NodeId; readonly position: Position; readonly size: Size } | undefined;
  /** The iteration that one looks at, by zone; without one, what is known of all. */
  readonly frames: ReadonlyMap<NodeId, number>;
  /** The earlier run that one looks at; undefined for what is there now. */
  readonly pastRun: string | undefined;
  readonly connecting: Connecting | undefined;
  readonly quickAdd: QuickAddState | undefined;
  /** The wire under the pointer, and where the pointer is, in pixels from the corner of the canvas. */
  readonly hoveredWire: HoveredWire | undefined;
  /** The search that is open: over commands, nodes, zones to move to, ports of a node, or what fits at a port. */
  readonly palette: 'commands' | 'nodes' | 'zones' | { readonly portsOf: NodeId } | Connecting | undefined;
  /** The port of the selected node that commands are about: the one whose menu is open, or the current one of the outline. */
  readonly port: PortPlace | undefined;
  /** What is being given a name. */
  readonly renaming: NodeId | PortPlace | { readonly template: true } | undefined;
  /** Whether the sheet of keys is open. */
  readonly help: boolean;
  readonly menu: MenuState | undefined;
  readonly opened: OpenedFile | undefined;
  readonly codeTarget: CodeTarget | undefined;
  readonly notices: readonly Notice[];
  /** The last refusal, said to screen readers; drawn near the pointer, not as a notice. */
  readonly announcement: string;
}

/** A fresh session. */
export const initialSession: SessionState = {
  path: [],
  selection: emptySelection,
  viewport: { x: 0, y: 0, zoom: 1 },
  panels: {
    library: { open: true, size: 224 },
    outline: { open: false, size: 320 },
    inspector: { open: true, size: 320 },
    bottom: { open: false, size: 180 },
  },
  bottomTab: 'output',
  outlineRequest: 0,
  inspectorTab: 'node',
  drag: undefined,
  frameDrag: undefined,
  snap: { grid: false, guides: true },
  guides: [],
  wireDrag: undefined,
  tool: undefined,
  tidying: undefined,
  dropInto: undefined,
  dropWire: undefined,
  resize: undefined,
  frames: new Map(),
  pastRun: undefined,
  connecting: undefined,
  quickAdd: undefined,
  hoveredWire: undefined,
  palette: undefined,
  port: undefined,
  renaming: undefined,
  help: false,
  menu: undefined,
  opened: undefined,
  codeTarget: undefined,
  notices: [],
  announcement: '',
};

/** More notices than this at once help nobody: the oldest goes. */
export const MAX_NOTICES = 4;

/** Adds a notice; the same text again only moves to the end. */
export function addNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  return [...notices.filter((other) => other.text !== notice.text), notice].slice(-MAX_NOTICES);
}

/** The edge that a wire under construction would become at this other port. */
export function edgeTo(connecting: Connecting, node: NodeId, port: PortId): FlowEdge {
  return connecting.side === 'source'
    ? { source: connecting.node, sourcePort: connecting.port, target: node, targetPort: port }
    : { source: node, sourcePort: port, target: connecting.node, targetPort: connecting.port };
}
