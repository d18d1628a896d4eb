import type { KeyboardEventHandler, ReactNode, Ref } from 'react';

interface SearchFieldProps {
  /** Its name, also shown while it is empty. */
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onKeyDown?: KeyboardEventHandler<HTMLInputElement>;
}

/** A field for words that narrow a list down. */
export function SearchField({ label, query, onQuery, inputRef, onKeyDown }: SearchFieldProps): ReactNode {
  return (
    <input
      ref={inputRef}
      type="search"
      className="loom-input"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      spellCheck={false}
      value={query}
      onChange={({ target }) => onQuery(target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
