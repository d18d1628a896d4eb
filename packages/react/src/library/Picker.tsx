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
import { Highlighted } from './Highlighted.js';
import type { TextRange } from './match.js';

/** One line of a {@link Picker}. */
export interface PickerLine {
  readonly key: string;
  readonly title: string;
  /** What of the title matched. */
  readonly ranges: readonly TextRange[];
  /** Beside the title: a category, keys, a type. */
  readonly detail?: string | undefined;
  /** Why this does not fit: the line is dim and says so. Picking it may offer a way out. */
  readonly refusal?: string | undefined;
  readonly pick: () => void;
}

/** Props of {@link Picker}. */
export interface PickerProps {
  readonly label: string;
  readonly placeholder: string;
  readonly className?: string;
  /** A sentence above the list. */
  readonly hint?: string | undefined;
  /** The lines for what was typed, the best first. */
  readonly find: (query: string) => readonly PickerLine[];
  /** What to say when nothing is found. */
  readonly nothing: (query: string) => string;
  /** Escape, Tab, or focus has left. */
  readonly onClose: () => void;
}

/** How far Page Up and Page Down go. */
const PAGE = 8;

/** A search field with a list below, for what is picked by typing a part of its name. Takes the focus; the host places it. */
export function Picker({ label, placeholder, className = '', hint, find, nothing, onClose }: PickerProps): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const lines = useMemo(() => find(query), [find, query]);
  const current = Math.min(active, lines.length - 1);

  // Not the attribute: React's own only works on mount by a parser, and moves the page to the field.
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const last = lines.length - 1;
    if (event.key === 'ArrowDown') setActive(current >= last ? 0 : current + 1);
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? last : current - 1);
    else if (event.key === 'PageDown') setActive(Math.min(last, current + PAGE));
    else if (event.key === 'PageUp') setActive(Math.max(0, current - PAGE));
    else if (event.key === 'Enter') lines[current]?.pick();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onBlur(event: FocusEvent): void {
    if (!event.currentTarget.contains(event.relatedTarget)) onClose();
  }

  return (
    <div
      className={`loom-quick-add nodrag nowheel nokey ${className}`}
      role="dialog"
      aria-label={label}
      onBlur={onBlur}
    >
      <div className="loom-quick-add-search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          className="loom-quick-add-input"
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={lines.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
          placeholder={placeholder}
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
      {hint === undefined ? null : <p className="loom-quick-add-hint">{hint}</p>}
      <div className="loom-quick-add-list" id={`${id}-list`} role="listbox" aria-label={label} ref={list}>
        {lines.map((line, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and handles the keys
          <div
            key={line.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            data-refused={line.refusal !== undefined}
            tabIndex={-1}
            className="loom-quick-add-option"
            // The field keeps the focus: losing it would close this before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={line.pick}
          >
            <span className="loom-quick-add-title">
              <Highlighted text={line.title} ranges={line.ranges} />
            </span>
            {line.detail === undefined || line.detail === '' ? null : (
              <span className="loom-quick-add-category">{line.detail}</span>
            )}
            {line.refusal === undefined ? null : <span className="loom-quick-add-refusal">{line.refusal}</span>}
          </div>
        ))}
      </div>
      {lines.length === 0 ? (
        <p className="loom-library-empty" role="status">
          {nothing(query.trim())}
        </p>
      ) : null}
    </div>
  );
}
