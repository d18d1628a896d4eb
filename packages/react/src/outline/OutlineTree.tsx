import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { menuOfSelection } from '../menu/selection-menu.js';
import { useMessages } from '../messages/messages.js';
import { OutlineChevron, OutlineRowView } from './OutlineRowView.js';
import { type OutlineRow, outlineRows, rowKey } from './outline-rows.js';
import { useOutlineKeys } from './useOutlineKeys.js';

/** In pixels; with a coarse pointer rows are as high as a finger needs. */
const ROW_HEIGHT = 28;
const ROW_HEIGHT_COARSE = 44;
/** How far a level is indented, in pixels. */
const INDENT = 14;

/** The rows, of which only those in sight exist. The tree itself has the focus, and tells which row is the current one. */
export function OutlineTree({ query }: { readonly query: string }): ReactNode {
  const { store, canvas, models } = useEditor();
  const messages = useMessages();
  const id = useId();
  const tree = useRef<HTMLDivElement>(null);
  const flow = useLoom((state) => state.flow);
  const selection = useLoom((state) => state.session.selection);
  const port = useLoom((state) => state.session.port);
  const request = useLoom((state) => state.session.outlineRequest);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<string>();
  const [editing, setEditing] = useState<string>();
  const rows = useMemo(() => {
    return outlineRows({
      document: flow.document,
      models: models(flow),
      sizeOf: canvas.dropPlace().sizeOf,
      toggled,
      query,
    });
  }, [flow, models, canvas, toggled, query]);
  const at = useMemo(() => rows.findIndex(({ key }) => key === wanted), [rows, wanted]);
  const current = at < 0 ? Math.min(0, rows.length - 1) : at;
  const height = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => tree.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
  });

  // Who asked for the outline works in it: the tree has the focus as soon as it is there.
  useEffect(() => {
    if (request > 0) tree.current?.focus({ preventScroll: true });
  }, [request]);
  // What is selected elsewhere is the current row here; a port stays it while its node is.
  useEffect(() => {
    const [node] = selection.nodes;
    const [frame] = selection.frames;
    if (port !== undefined) setWanted(rowKey.port(port));
    else if (selection.nodes.size === 1 && node !== undefined) setWanted(rowKey.node(node));
    else if (selection.nodes.size === 0 && frame !== undefined) setWanted(rowKey.frame(frame));
  }, [selection, port]);
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);

  function go(index: number, extend = false): void {
    const row = rows[index];
    if (row === undefined) return;
    setWanted(row.key);
    setEditing(undefined);
    if (row.kind === 'port') store.setPort(row.at);
    else if (row.kind === 'wire') store.select({ edges: [row.id] });
    else if (row.kind === 'frame') store.select({ frames: [row.id] });
    else if (extend) store.changeSelection([[row.id, true]], []);
    else store.select({ nodes: [row.id] });
  }
  function toggle(row: OutlineRow): void {
    const next = new Set(toggled);
    if (!next.delete(row.key)) next.add(row.key);
    setToggled(next);
  }
  const endEdit = useCallback((back: boolean) => {
    setEditing(undefined);
    if (back) tree.current?.focus({ preventScroll: true });
  }, []);
  function edit(row: OutlineRow): void {
    if (row.kind === 'port' && row.wires.length === 0 && !flow.readOnly) setEditing(row.key);
  }
  function openMenu(row: OutlineRow): void {
    const root = tree.current?.closest('.loom-root')?.getBoundingClientRect();
    const line = tree.current?.querySelector('[data-current="true"]')?.getBoundingClientRect();
    if (root === undefined || line === undefined) return;
    const name = row.kind === 'port' ? 'port' : menuOfSelection(store);
    store.setMenu({ name, at: { x: line.left + 2 * INDENT - root.left, y: line.bottom - root.top } });
  }
  const page = Math.max(1, Math.floor((tree.current?.clientHeight ?? 0) / height) - 1);
  const onKeyDown = useOutlineKeys({ rows, current, page, go, toggle, edit, openMenu });

  function rowOf(event: MouseEvent): number {
    const line = (event.target as Element).closest('[role="treeitem"]');
    return line === null ? -1 : Number(line.getAttribute('data-index'));
  }

  // Without rows it is no tree, but still what has the focus: the first node is added from here.
  const roles =
    rows.length === 0
      ? { role: 'group' }
      : { role: 'tree', 'aria-multiselectable': true, 'aria-activedescendant': `${id}-${current}` };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is in `roles`
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: likewise
    <div
      ref={tree}
      className="loom-outline-tree"
      {...roles}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: likewise
      tabIndex={0}
      aria-label={messages.outlineLabel}
      onKeyDown={onKeyDown}
      onFocus={({ target, currentTarget }) => {
        // Who comes in by keys acts on the row that is marked.
        const row = rows[current];
        const isNothing = selection.nodes.size + selection.edges.size + selection.frames.size === 0;
        if (target === currentTarget && isNothing && row !== undefined) go(current);
      }}
      onClick={(event) => {
        const index = rowOf(event);
        const row = rows[index];
        if (row === undefined || (event.target as Element).closest('.loom-outline-field') !== null) return;
        const isSign = (event.target as Element).closest('.loom-outline-chevron') !== null;
        if (isSign && row.isOpen !== undefined) toggle(row);
        else go(index, event.ctrlKey || event.metaKey || event.shiftKey);
      }}
      onDoubleClick={(event) => {
        const row = rows[rowOf(event)];
        if (row?.kind === 'node') canvas.fitView([row.id]);
        else if (row?.kind === 'port' && row.at.side === 'target') edit(row);
      }}
      onContextMenu={(event) => {
        const index = rowOf(event);
        const row = rows[index < 0 ? current : index];
        if (row === undefined || (event.target as Element).closest('.loom-outline-field') !== null) return;
        event.preventDefault();
        if (index >= 0 && !isSelected(row)) go(index);
        const root = event.currentTarget.closest('.loom-root')?.getBoundingClientRect();
        if (root === undefined) return;
        const name = row.kind === 'port' ? 'port' : menuOfSelection(store);
        store.setMenu({ name, at: { x: event.clientX - root.left, y: event.clientY - root.top } });
      }}
    >
      {rows.length > 0 ? null : (
        <p className="loom-library-empty">{query.trim() === '' ? messages.emptyTitle : messages.paletteNothing}</p>
      )}
      <div role="none" className="loom-outline-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={key}
              id={`${id}-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={row.level}
              aria-posinset={row.place}
              aria-setsize={row.of}
              aria-expanded={row.isOpen}
              aria-selected={isSelected(row)}
              data-kind={row.kind}
              data-index={index}
              data-current={index === current}
              className="loom-outline-row"
              style={{ transform: `translateY(${start}px)`, height, paddingInlineStart: 4 + (row.level - 1) * INDENT }}
            >
              <OutlineChevron isOpen={row.isOpen} />
              <OutlineRowView row={row} isEditing={row.key === editing} onEdited={endEdit} />
            </div>
          );
        })}
      </div>
    </div>
  );

  function isSelected(row: OutlineRow): boolean {
    if (row.kind === 'node') return selection.nodes.has(row.id);
    if (row.kind === 'wire') return selection.edges.has(row.id);
    if (row.kind === 'frame') return selection.frames.has(row.id);
    return port !== undefined && rowKey.port(port) === row.key;
  }
}

function useRowHeight(): number {
  const [height] = useState(() => (matchMedia('(pointer: coarse)').matches ? ROW_HEIGHT_COARSE : ROW_HEIGHT));
  return height;
}
