import type { Json } from '@loom/graph';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useMessages } from '../../messages/messages.js';
import type { PreviewRendererProps } from '../renderer.js';
import { type TreeRow, treeRows } from './tree-rows.js';
import { useTreeItems } from './useTreeItems.js';

const ROWS_IN_NODE = 8;
/** Containers are open at first down to this depth, when the value is small enough to be seen at once. */
const OPEN_DEPTH = 1;

/** JSON as a tree that opens and closes. Arrow keys work as in a file tree. */
export function TreePreview({ data, size, loadMore }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState('');
  const items = useTreeItems(data, size === 'panel' ? loadMore : undefined);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => treeRows(items.value, (path, depth) => depth < OPEN_DEPTH !== toggled.has(path)),
    [items.value, toggled],
  );

  if (size === 'node') {
    return (
      <div className="loom-tree">
        {rows.slice(0, ROWS_IN_NODE).map((row) => (
          <div key={row.path} className="loom-tree-row" style={{ paddingInlineStart: row.depth * 12 }}>
            <RowContent row={row} />
          </div>
        ))}
      </div>
    );
  }

  const focused = rows.some((row) => row.path === current) ? current : (rows[0]?.path ?? '');

  function toggle(path: string): void {
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  }

  function focusRow(row: TreeRow | undefined): void {
    if (!row) return;
    setCurrent(row.path);
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(row.path)}"]`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const index = rows.findIndex((row) => row.path === focused);
    const row = rows[index];
    if (!row) return;
    const isOpen = 'isOpen' in row.content && row.content.isOpen;
    const canOpen = 'isOpen' in row.content && row.content.size > 0;
    const parent = rows.slice(0, index).findLast((before) => before.depth < row.depth);
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focusRow(rows[index + 1]),
      ArrowUp: () => focusRow(rows[index - 1]),
      ArrowRight: () => (canOpen && !isOpen ? toggle(row.path) : isOpen && focusRow(rows[index + 1])),
      ArrowLeft: () => (isOpen ? toggle(row.path) : focusRow(parent)),
      Home: () => focusRow(rows[0]),
      End: () => focusRow(rows.at(-1)),
      Enter: () => (canOpen ? toggle(row.path) : row.content.kind === 'cut' && items.loadRest?.()),
    };
    const action = actions[event.key === ' ' ? 'Enter' : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  return (
    <div className="loom-tree" role="tree" aria-label={messages.treeLabel} ref={list} onKeyDown={onKeyDown}>
      {rows.map((row) => {
        const canOpen = 'isOpen' in row.content && row.content.size > 0;
        const isRootCut = row.content.kind === 'cut' && row.depth === 1;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its rows
          <div
            key={row.path}
            role="treeitem"
            className="loom-tree-row"
            data-path={row.path}
            data-depth={row.depth}
            aria-level={row.depth + 1}
            aria-expanded={canOpen ? 'isOpen' in row.content && row.content.isOpen : undefined}
            tabIndex={row.path === focused ? 0 : -1}
            style={{ paddingInlineStart: row.depth * 14 + 2 }}
            onFocus={() => setCurrent(row.path)}
            onClick={() => (canOpen ? toggle(row.path) : isRootCut && items.loadRest?.())}
          >
            <ChevronRight
              className="loom-tree-chevron"
              data-hidden={!canOpen || undefined}
              size={12}
              aria-hidden="true"
            />
            <RowContent row={row} canLoad={isRootCut && items.loadRest !== undefined} />
          </div>
        );
      })}
      {items.failure !== undefined && (
        <div className="loom-preview-fault" role="alert">
          {messages.tableLoadFailed(items.failure)}
        </div>
      )}
    </div>
  );
}

function RowContent({ row, canLoad = false }: { readonly row: TreeRow; readonly canLoad?: boolean }): ReactNode {
  const messages = useMessages();
  const { content, label } = row;
  return (
    <>
      {label !== undefined && (
        <span className="loom-tree-key">
          {label}
          <span className="loom-tree-colon">:</span>
        </span>
      )}
      {content.kind === 'scalar' && (
        <span className="loom-tree-value" data-kind={content.value === null ? 'null' : typeof content.value}>
          {scalarText(content.value)}
        </span>
      )}
      {content.kind === 'other' && (
        <span className="loom-tree-value" data-kind="other">
          {content.text}
        </span>
      )}
      {(content.kind === 'list' || content.kind === 'object') && (
        <span className="loom-tree-summary">
          {content.kind === 'list' ? '[ ' : '{ '}
          {content.kind === 'list' ? messages.treeItems(content.size) : messages.treeKeys(content.size)}
          {content.kind === 'list' ? ' ]' : ' }'}
        </span>
      )}
      {content.kind === 'cut' && (
        <span className="loom-tree-cut" data-loads={canLoad || undefined}>
          … {messages.treeCut(content.missing)}
        </span>
      )}
    </>
  );
}

function scalarText(value: Json): string {
  return JSON.stringify(value);
}
