import type { Json } from '@loom/graph';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { type FieldShape, MOST_ROWS } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';
import { MoreRows } from './MoreRows.js';
import { moved, RowButtons, removed, useRowFocus } from './RowButtons.js';
import { initialValue } from './schema.js';

interface ListFieldsProps extends Omit<FormFieldProps, 'value'> {
  readonly shape: Extract<FieldShape, { kind: 'list' }>;
  readonly value: readonly Json[];
}

/** Rows that can be added, taken away and moved, all by keys as well; or so many cells where each place is of its own kind. */
export function ListFields(props: ListFieldsProps): ReactNode {
  const { id, label, shape, value, readOnly, depth, onChange } = props;
  const { renderField, root } = useForm();
  const messages = useMessages();
  const focus = useRowFocus();
  const isFixed = shape.places !== undefined;
  const rows: readonly (Json | undefined)[] = isFixed
    ? Array.from({ length: Math.max(shape.places, value.length) }, (_place, at) => value[at])
    : value.slice(0, MOST_ROWS);
  const canMove = !readOnly && !isFixed;

  function set(at: number, next: Json): void {
    // Once one cell of several places is filled in, the others get the least that they take.
    const items =
      rows.length > value.length ? rows.map((item, place) => item ?? initialValue(shape.itemAt(place), root)) : value;
    onChange(items.map((item, place) => (place === at ? next : item)));
  }

  return (
    <>
      <ol className="loom-form-list" {...focus.list}>
        {rows.map((item, at) => {
          const name = `${label} ${at + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no id but their place
            <li className="loom-form-row" key={at}>
              {renderField({
                id: at === 0 ? id : `${id}-${at}`,
                title: undefined,
                label: name,
                schema: shape.itemAt(at),
                value: item,
                required: true,
                readOnly,
                depth: depth + 1,
                onChange: (next) => set(at, next),
                onClear: () => undefined,
              })}
              <RowButtons
                name={name}
                onUp={canMove && at > 0 ? () => onChange(moved(value, at, at - 1, focus)) : undefined}
                onDown={canMove && at < value.length - 1 ? () => onChange(moved(value, at, at + 1, focus)) : undefined}
                onRemove={
                  readOnly || rows.length <= shape.least ? undefined : () => onChange(removed(value, at, focus))
                }
              />
            </li>
          );
        })}
      </ol>
      <MoreRows count={isFixed ? 0 : value.length} />
      {readOnly || value.length >= Math.min(shape.most, MOST_ROWS) || isFixed ? null : (
        <button
          type="button"
          id={value.length === 0 ? id : undefined}
          className="loom-button loom-button-outline loom-form-add"
          aria-label={messages.formAdd(label)}
          onClick={() => {
            focus.want(value.length, 'input, select, textarea, button');
            onChange([...value, initialValue(shape.itemAt(value.length), root)]);
          }}
        >
          <Plus size={13} aria-hidden="true" />
          {messages.formAdd('')}
        </button>
      )}
    </>
  );
}
