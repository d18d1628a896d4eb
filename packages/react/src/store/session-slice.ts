import type { EdgeId, FlowDocument, NodeId, Position } from '@loom/graph';
import type { PortPlace } from '../ports/port-place.js';
import { isSubgraph } from '../subgraph/opened-graph.js';
import { changeSet, emptySelection, type Selection } from './selection.js';
import {
  addNotice,
  type CodeTarget,
  type Connecting,
  type HoveredWire,
  type MenuState,
  type Notice,
  type OpenedFile,
  type PanelState,
  type Panels,
  type QuickAddState,
  type SessionState,
  type Viewport,
} from './session.js';

/** What the session slice needs of the store around it. */
export interface SessionHost {
  read(): SessionState;
  write(next: SessionState): void;
  document(): FlowDocument;
}

/** Everything that changes the session. None of it is an edit, and none of it is undone. */
export interface SessionActions {
  select(selection: { readonly [Kind in keyof Selection]?: Iterable<string> }): void;
  selectAll(): void;
  clearSelection(): void;
  changeSelection(
    nodes: Iterable<readonly [NodeId, boolean]>,
    edges?: Iterable<readonly [EdgeId, boolean]>,
    frames?: Iterable<readonly [string, boolean]>,
  ): void;
  setViewport(viewport: Viewport): void;
  setPanel(name: keyof Panels, change: Partial<PanelState>): void;
  setBottomTab(tab: SessionState['bottomTab']): void;
  setInspectorTab(tab: SessionState['inspectorTab']): void;
  setDrag(
    drag: ReadonlyMap<NodeId, Position> | undefined,
    more?: Partial<Pick<SessionState, 'dropInto' | 'dropWire' | 'frameDrag' | 'guides'>>,
  ): void;
  setSnap(change: Partial<SessionState['snap']>): void;
  setWireDrag(wireDrag: SessionState['wireDrag']): void;
  setTool(tool: SessionState['tool']): void;
  setTidying(tidying: SessionState['tidying']): void;
  /** Looks at one iteration of a zone; undefined looks at all of them again. */
  setFrame(zone: NodeId, index: number | undefined): void;
  /** Looks at what an earlier run left; undefined looks at what is there now. */
  lookAtRun(run: string | undefined): void;
  setResize(resize: SessionState['resize'], guides?: SessionState['guides']): void;
  setConnecting(connecting: Connecting | undefined): void;
  setQuickAdd(quickAdd: QuickAddState | undefined): void;
  /** Goes into an instance of a subgraph. Nothing happens when the node is none. */
  openSubgraph(instance: NodeId): void;
  /** Goes back so far that this many subgraphs are left open. */
  leaveSubgraph(depth: number): void;
  setHoveredWire(wire: HoveredWire | undefined): void;
  setPalette(palette: SessionState['palette']): void;
  /** Selects the node of a port, and makes commands about ports act on it. */
  setPort(port: PortPlace | undefined): void;
  setRenaming(target: SessionState['renaming']): void;
  /** Opens the outline and moves the focus there. */
  openOutline(): void;
  setHelp(open: boolean): void;
  setMenu(menu: MenuState | undefined): void;
  setOpened(opened: OpenedFile | undefined): void;
  /** Opens the inspector at a line of a node's code. */
  showCode(target: Omit<CodeTarget, 'request'>): void;
  notify(text: string, tone?: Notice['tone']): void;
  dismissNotice(id: number): void;
  announce(text: string): void;
}

/** Makes the actions of the session slice. */
export function createSessionActions(host: SessionHost, onNotify: (notice: Notice) => void): SessionActions {
  let lastNotice = 0;
  let lastRequest = 0;
  const patch = (change: Partial<SessionState>) => host.write({ ...host.read(), ...change });
  const setSelection = (selection: Selection) => {
    const current = host.read().selection;
    const isSame = (['nodes', 'edges', 'frames'] as const).every((kind) => current[kind] === selection[kind]);
    if (!isSame) patch({ selection, port: undefined });
  };

  return {
    select({ nodes = [], edges = [], frames = [] }) {
      const document = host.document();
      setSelection({
        nodes: new Set([...nodes].filter((id) => Object.hasOwn(document.nodes, id))),
        edges: new Set([...edges].filter((id) => Object.hasOwn(document.edges, id))),
        frames: new Set([...frames].filter((id) => Object.hasOwn(document.frames, id))),
      });
    },
    selectAll() {
      const document = host.document();
      const all = (table: object) => new Set(Object.keys(table));
      setSelection({ nodes: all(document.nodes), edges: all(document.edges), frames: all(document.frames) });
    },
    clearSelection() {
      const { nodes, edges, frames } = host.read().selection;
      if (nodes.size + edges.size + frames.size > 0) setSelection(emptySelection);
    },
    changeSelection(nodes, edges = [], frames = []) {
      const current = host.read().selection;
      setSelection({
        nodes: changeSet(current.nodes, nodes),
        edges: changeSet(current.edges, edges),
        frames: changeSet(current.frames, frames),
      });
    },
    setViewport(viewport) {
      const current = host.read().viewport;
      if (current.x !== viewport.x || current.y !== viewport.y || current.zoom !== viewport.zoom) patch({ viewport });
    },
    setPanel(name, change) {
      const panels = host.read().panels;
      patch({ panels: { ...panels, [name]: { ...panels[name], ...change } } });
    },
    setBottomTab: (bottomTab) => patch({ bottomTab }),
    setInspectorTab: (inspectorTab) => patch({ inspectorTab }),
    setDrag: (drag, { dropInto, dropWire, frameDrag, guides = [] } = {}) =>
      patch({ drag, dropInto, dropWire, frameDrag, guides }),
    setSnap: (change) => patch({ snap: { ...host.read().snap, ...change } }),
    setWireDrag: (wireDrag) => patch({ wireDrag }),
    setTool: (tool) => patch({ tool }),
    setTidying: (tidying) => patch({ tidying }),
    setFrame(zone, index) {
      const frames = new Map(host.read().frames);
      if (index === undefined) frames.delete(zone);
      else frames.set(zone, index);
      patch({ frames });
    },
    lookAtRun(pastRun) {
      if (host.read().pastRun !== pastRun) patch({ pastRun });
    },
    setResize: (resize, guides = []) => patch({ resize, guides }),
    setConnecting: (connecting) => patch({ connecting }),
    setQuickAdd: (quickAdd) => patch({ quickAdd }),
    openSubgraph(instance) {
      const document = host.document();
      const type = document.nodes[instance]?.type;
      if (type === undefined || !isSubgraph(document, instance)) return;
      patch({
        path: [...host.read().path, { node: instance, type }],
        selection: emptySelection,
        drag: undefined,
        dropWire: undefined,
      });
    },
    leaveSubgraph(depth) {
      const { path } = host.read();
      const left = path[depth];
      if (left === undefined) return;
      // What one comes out of is what one looks at.
      patch({
        path: path.slice(0, depth),
        selection: { ...emptySelection, nodes: new Set([left.node]) },
        drag: undefined,
      });
    },
    setHoveredWire: (hoveredWire) => patch({ hoveredWire }),
    setPalette: (palette) => patch({ palette }),
    setPort(port) {
      const { nodes, edges } = host.read().selection;
      const isAlone = port !== undefined && nodes.size === 1 && nodes.has(port.node) && edges.size === 0;
      if (port === undefined || isAlone) patch({ port });
      else patch({ selection: { ...emptySelection, nodes: new Set([port.node]) }, port });
    },
    setRenaming: (renaming) => patch({ renaming }),
    openOutline() {
      const { panels, outlineRequest } = host.read();
      patch({
        panels: { ...panels, outline: { ...panels.outline, open: true } },
        outlineRequest: outlineRequest + 1,
      });
    },
    setHelp: (help) => patch({ help }),
    setMenu: (menu) => patch({ menu }),
    setOpened: (opened) => patch({ opened }),
    showCode(target) {
      lastRequest += 1;
      const { panels } = host.read();
      patch({
        codeTarget: { ...target, request: lastRequest },
        inspectorTab: 'code',
        panels: { ...panels, inspector: { ...panels.inspector, open: true } },
      });
    },
    notify(text, tone = 'info') {
      lastNotice += 1;
      const notice: Notice = { id: lastNotice, tone, text };
      patch({ notices: addNotice(host.read().notices, notice) });
      onNotify(notice);
    },
    dismissNotice: (id) => patch({ notices: host.read().notices.filter((notice) => notice.id !== id) }),
    announce(text) {
      if (host.read().announcement !== text) patch({ announcement: text });
    },
  };
}
