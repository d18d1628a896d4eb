import type { NodeType, Shelf, TypeId } from '@loom/graph';
import { ChevronRight, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { SearchField } from '../editor/SearchField.js';
import { useMessages } from '../messages/messages.js';
import { LibraryItem } from './LibraryItem.js';
import { foundRows, groupTypes, type LibraryRow, libraryRows } from './library-rows.js';
import { TypeCard } from './TypeCard.js';
import { useTypeCard } from './useTypeCard.js';

/** Props of {@link LibraryPanel}. */
export interface LibraryPanelProps {
  readonly shelves: readonly Shelf[];
  /** Enter, double click or the button of an item. */
  readonly onAdd: (type: TypeId) => void;
  /** Searching still works; nothing can be added or dragged. */
  readonly disabled?: boolean | undefined;
}

/** A library with more types than this starts with its categories closed. */
const MANY_TYPES = 100;
/** A search shows so many; who needs more types more. */
const MOST_RESULTS = 100;

/** The node types that can be added: by category, or by search. One tree for the keyboard, with one Tab stop. */
export function LibraryPanel({ shelves, onAdd, disabled = false }: LibraryPanelProps): ReactNode {
  const messages = useMessages();
  const [query, setQuery] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | undefined>(undefined);
  const tree = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const card = useTypeCard();
  const cardId = useId();

  const groups = useMemo(() => groupTypes(shelves), [shelves]);
  const types = useMemo(() => [...groups.values()].flat(), [groups]);
  const startsOpen = types.length <= MANY_TYPES;
  const isSearch = query.trim() !== '';
  const found = useMemo(() => (isSearch ? foundRows(types, query) : []), [isSearch, types, query]);
  const listed = useMemo(
    () => libraryRows(groups, (category) => startsOpen !== toggled.has(category)),
    [groups, startsOpen, toggled],
  );
  const rows = isSearch ? found.slice(0, MOST_RESULTS) : listed;
  const focusKey = rows.some((row) => row.key === current) ? current : rows[0]?.key;

  function toggle(category: string): void {
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(category)) after.add(category);
      return after;
    });
  }

  function add(type: NodeType): void {
    card.hide();
    if (!disabled) onAdd(type.id);
  }

  function focusRow(row: LibraryRow | undefined): void {
    if (!row) return;
    tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`)?.focus();
  }

  function onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') focusRow(rows[0]);
    else if (event.key === 'Enter' && isSearch && rows[0]?.kind === 'type') add(rows[0].type);
    else if (event.key === 'Escape' && query !== '') {
      event.stopPropagation();
      setQuery('');
    } else return;
    event.preventDefault();
  }

  function onTreeKey(event: KeyboardEvent): void {
    const index = rows.findIndex((row) => row.key === focusKey);
    const row = rows[index];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') card.hide();
    const action = treeAction(event.key, row, index);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  function treeAction(key: string, row: LibraryRow, index: number): (() => void) | undefined {
    const category = row.kind === 'group' ? row.key.slice('group:'.length) : '';
    switch (key) {
      case 'ArrowDown':
        return () => focusRow(rows[index + 1]);
      case 'ArrowUp':
        return () => (index === 0 ? search.current?.focus() : focusRow(rows[index - 1]));
      case 'Home':
        return () => focusRow(rows[0]);
      case 'End':
        return () => focusRow(rows.at(-1));
      case 'ArrowRight':
        return row.kind === 'group' ? () => (row.isOpen ? focusRow(rows[index + 1]) : toggle(category)) : undefined;
      case 'ArrowLeft':
        if (row.kind === 'group') return row.isOpen ? () => toggle(category) : undefined;
        return () => focusRow(rows.slice(0, index).findLast((before) => before.kind === 'group'));
      case 'Enter':
      case ' ':
        return row.kind === 'group' ? () => toggle(category) : () => add(row.type);
      default:
        return undefined;
    }
  }

  return (
    <section className="loom-library" aria-label={messages.libraryLabel}>
      <div className="loom-library-search">
        <Search size={13} aria-hidden="true" />
        <SearchField
          inputRef={search}
          label={messages.librarySearch}
          query={query}
          onQuery={setQuery}
          onKeyDown={onSearchKey}
        />
      </div>
      <div className="loom-hidden" role="status">
        {isSearch ? messages.libraryResults(found.length) : ''}
      </div>
      {rows.length === 0 ? (
        <p className="loom-library-empty">{isSearch ? messages.libraryNoMatch(query.trim()) : messages.libraryEmpty}</p>
      ) : (
        <div
          className="loom-library-tree"
          role="tree"
          aria-label={messages.libraryLabel}
          ref={tree}
          onKeyDown={onTreeKey}
          onScroll={card.hide}
          onBlur={card.hide}
        >
          {rows.map((row) =>
            row.kind === 'group' ? (
              <LibraryGroup
                key={row.key}
                row={row}
                isCurrent={row.key === focusKey}
                onFocus={() => setCurrent(row.key)}
                onToggle={() => toggle(row.key.slice('group:'.length))}
              />
            ) : (
              <LibraryItem
                key={row.key}
                rowKey={row.key}
                type={row.type}
                ranges={row.ranges}
                level={row.level}
                isCurrent={row.key === focusKey}
                disabled={disabled}
                describedBy={card.shown?.type === row.type ? cardId : undefined}
                onAdd={() => add(row.type)}
                onFocus={(item) => {
                  setCurrent(row.key);
                  if (item.matches(':focus-visible')) card.show(row.type, item);
                }}
                onPoint={(item) => card.point(row.type, item)}
                onLeave={card.hide}
              />
            ),
          )}
          {isSearch && found.length > MOST_RESULTS && (
            <p className="loom-library-empty">{messages.libraryMore(found.length - MOST_RESULTS)}</p>
          )}
        </div>
      )}
      {card.shown && (
        <TypeCard key={card.shown.type.id} id={cardId} type={card.shown.type} anchor={card.shown.anchor} />
      )}
    </section>
  );
}

interface LibraryGroupProps {
  readonly row: Extract<LibraryRow, { kind: 'group' }>;
  readonly isCurrent: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
}

function LibraryGroup({ row, isCurrent, onFocus, onToggle }: LibraryGroupProps): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its rows
    <div
      role="treeitem"
      aria-level={1}
      aria-expanded={row.isOpen}
      tabIndex={isCurrent ? 0 : -1}
      className="loom-library-group"
      data-key={row.key}
      onFocus={onFocus}
      onClick={onToggle}
    >
      <ChevronRight className="loom-library-chevron" size={12} aria-hidden="true" />
      <span className="loom-library-path">{row.path.join(' › ')}</span>
      <span className="loom-library-count">{row.size}</span>
    </div>
  );
}
