import type { Json, JsonObject } from '@loom/graph';
import type { Schema } from '@loom/graph/schema';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { MOST_ROWS } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';
import { MoreRows } from './MoreRows.js';
import { moved, RowButtons, removed, useRowFocus } from './RowButtons.js';
import { initialValue } from './schema.js';

interface EntryFieldsProps extends Omit<FormFieldProps, 'value'> {
  readonly value: JsonObject;
  /** The properties that have fields of their own: these come first and are not drawn here. */
  readonly known: ReadonlySet<string>;
  /** What the others hold; undefined where none can be added. */
  readonly others: Schema | undefined;
}

/** Entries under names that people give: named, moved, added and taken away. */
export function EntryFields(props: EntryFieldsProps): ReactNode {
  const { id, label, value, known, others, readOnly, depth, onChange } = props;
  const { renderField, root } = useForm();
  const messages = useMessages();
  const focus = useRowFocus();
  const entries = Object.entries<Json>(value).filter(([key]) => !known.has(key));
  const fixed = Object.entries<Json>(value).filter(([key]) => known.has(key));
  const isTaken = (key: string) => known.has(key) || Object.hasOwn(value, key);
  const write = (next: readonly (readonly [string, Json])[]) => onChange(Object.fromEntries([...fixed, ...next]));
  const canMove = !readOnly && others !== undefined;

  return (
    <>
      <ol className="loom-form-list" {...focus.list}>
        {entries.slice(0, MOST_ROWS).map(([key, item], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row stays, with the focus in it, when its entry gets another name
          <li className="loom-form-row" key={at}>
            <KeyField
              label={messages.formKey(label, key)}
              name={key}
              readOnly={readOnly || others === undefined}
              isTaken={isTaken}
              onRename={(name) => write(entries.map((entry, place) => (place === at ? [name, item] : entry)))}
            />
            {renderField({
              id: known.size === 0 && at === 0 ? id : `${id}-entry-${at}`,
              title: undefined,
              label: `${label}: ${key}`,
              schema: others ?? {},
              value: item,
              required: true,
              readOnly,
              depth: depth + 1,
              onChange: (next) => onChange({ ...value, [key]: next }),
              onClear: () => undefined,
            })}
            <RowButtons
              name={key}
              onUp={canMove && at > 0 ? () => write(moved(entries, at, at - 1, focus)) : undefined}
              onDown={canMove && at < entries.length - 1 ? () => write(moved(entries, at, at + 1, focus)) : undefined}
              onRemove={readOnly ? undefined : () => write(removed(entries, at, focus))}
            />
          </li>
        ))}
      </ol>
      <MoreRows count={entries.length} />
      {others === undefined || readOnly || entries.length >= MOST_ROWS ? null : (
        <NewEntry
          id={known.size === 0 && entries.length === 0 ? id : undefined}
          label={label}
          isTaken={isTaken}
          onAdd={(key) => {
            focus.want(entries.length, 'input:not(.loom-form-key), select, textarea, button:not([data-move])');
            onChange({ ...value, [key]: initialValue(others, root) });
          }}
        />
      )}
    </>
  );
}

interface KeyFieldProps {
  readonly label: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly isTaken: (key: string) => boolean;
  readonly onRename: (key: string) => void;
}

/** The name of an entry. It changes once one is done: on the way to another name one may pass one that is taken. */
function KeyField({ label, name, readOnly, isTaken, onRename }: KeyFieldProps): ReactNode {
  const messages = useMessages();
  const [text, setText] = useState<string>();
  const isFaulty = text !== undefined && text !== name && (text === '' || isTaken(text));
  const settle = () => {
    if (text !== undefined && text !== name && !isFaulty) onRename(text);
    setText(undefined);
  };
  return (
    <input
      className="loom-input loom-form-key"
      aria-label={label}
      aria-invalid={isFaulty}
      title={isFaulty && text !== '' ? messages.nameTaken(text) : name}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      dir="auto"
      value={text ?? name}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          setText(undefined);
        }
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        // Around this a form may wait for Enter.
        event.preventDefault();
        if (!isFaulty) settle();
      }}
    />
  );
}

interface NewEntryProps {
  readonly id: string | undefined;
  readonly label: string;
  readonly isTaken: (key: string) => boolean;
  readonly onAdd: (key: string) => void;
}

/** Names a new entry. */
function NewEntry({ id, label, isTaken, onAdd }: NewEntryProps): ReactNode {
  const messages = useMessages();
  const [key, setKey] = useState('');
  const taken = key !== '' && isTaken(key);
  const add = () => {
    if (key === '' || taken) return;
    onAdd(key);
    setKey('');
  };
  return (
    <>
      <div className="loom-form-row">
        <input
          id={id}
          className="loom-input"
          aria-label={messages.formNewKey(label)}
          placeholder={messages.formNewKey('')}
          aria-invalid={taken}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          value={key}
          onChange={(event) => setKey(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            // Around this a form may wait for Enter.
            event.preventDefault();
            add();
          }}
        />
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.formAdd(label)}
          title={messages.formAdd(label)}
          onClick={add}
        >
          <Plus size={13} aria-hidden="true" />
        </button>
      </div>
      <div className="loom-widget-problem" role="status">
        {taken ? messages.nameTaken(key) : null}
      </div>
    </>
  );
}
