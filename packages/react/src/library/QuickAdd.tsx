import type { NodeType, TypeId } from '@loom/graph';
import { Search } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useMessages } from '../messages/messages.js';
import { Highlighted } from './Highlighted.js';
import { searchTypes } from './search.js';

/** Props of {@link QuickAdd}. */
export interface QuickAddProps {
  /** What can be added, in the order in which it is shown until something is typed. */
  readonly types: readonly NodeType[];
  readonly onPick: (type: TypeId) => void;
  /** Escape, or focus has left. */
  readonly onClose: () => void;
}

const MOST_RESULTS = 50;

/** A search field with a list of node types, opened at the pointer. Takes the focus; the host places it. */
export function QuickAdd({ types, onPick, onClose }: QuickAddProps): ReactNode {
  const messages = useMessages();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const results = useMemo(() => searchTypes(types, query).slice(0, MOST_RESULTS), [types, query]);
  const current = Math.min(active, results.length - 1);
  const optionId = (index: number): string => `${id}-${index}`;

  // Not the attribute: React's own only works on mount by a parser, and moves the page to the field.
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const last = results.length - 1;
    if (event.key === 'ArrowDown') setActive(current >= last ? 0 : current + 1);
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? last : current - 1);
    else if (event.key === 'PageDown') setActive(Math.min(last, current + 8));
    else if (event.key === 'PageUp') setActive(Math.max(0, current - 8));
    else if (event.key === 'Enter') pick(current);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function pick(index: number): void {
    const type = results[index]?.type;
    if (type) onPick(type.id);
  }

  function onBlur(event: FocusEvent): void {
    if (!event.currentTarget.contains(event.relatedTarget)) onClose();
  }

  return (
    <div className="loom-quick-add nodrag nowheel" role="dialog" aria-label={messages.quickAddLabel} onBlur={onBlur}>
      <div className="loom-quick-add-search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          className="loom-quick-add-input"
          type="text"
          role="combobox"
          aria-label={messages.quickAddLabel}
          aria-expanded={results.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current >= 0 ? optionId(current) : undefined}
          placeholder={messages.quickAddPlaceholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        className="loom-quick-add-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={messages.quickAddLabel}
        ref={list}
      >
        {results.map(({ type, ranges }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and handles the keys
          <div
            key={type.id}
            id={optionId(index)}
            role="option"
            aria-selected={index === current}
            tabIndex={-1}
            className="loom-quick-add-option"
            // The field keeps the focus: losing it would close this before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => pick(index)}
          >
            <span className="loom-quick-add-title">
              <Highlighted text={type.title} ranges={ranges} />
            </span>
            {type.category !== undefined && <span className="loom-quick-add-category">{type.category}</span>}
          </div>
        ))}
      </div>
      {results.length === 0 && (
        <p className="loom-library-empty" role="status">
          {query.trim() === '' ? messages.libraryEmpty : messages.libraryNoMatch(query.trim())}
        </p>
      )}
    </div>
  );
}
