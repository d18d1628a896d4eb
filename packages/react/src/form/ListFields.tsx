import type { Json } from '@loom/graph';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../messages/messages.js';
import type { FieldShape } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';
import { initialValue } from './schema.js';

interface ListFieldsProps extends Omit<FormFieldProps, 'value'> {
  readonly shape: Extract<FieldShape, { kind: 'list' }>;
  readonly value: readonly Json[];
}

/** Rows that can be added, taken away and moved, all by keys as well: the focus stays with the row that one works on. */
export function ListFields(props: ListFieldsProps): ReactNode {
  const { id, label, shape, value, readOnly, depth, onChange } = props;
  const { renderField, root } = useForm();
  const messages = useMessages();
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<(() => HTMLElement | null | undefined) | undefined>(undefined);
  // Only after the rows are drawn is there something to focus.
  useLayoutEffect(() => {
    wanted.current?.()?.focus();
    wanted.current = undefined;
  });
  const inRow = (row: number, selector: string) => () =>
    list.current?.children[row]?.querySelector<HTMLElement>(selector) ??
    list.current?.parentElement?.querySelector<HTMLElement>(':scope > .loom-form-add');
  const canMove = !readOnly && value.length > 1;

  function move(from: number, to: number): void {
    const rest = value.filter((_item, at) => at !== from);
    const item = value[from];
    if (item === undefined) return;
    const isEnd = to === 0 || to === value.length - 1;
    const name = to < from !== isEnd ? 'up' : 'down';
    wanted.current = inRow(to, `[data-move="${name}"]`);
    onChange([...rest.slice(0, to), item, ...rest.slice(to)]);
  }

  return (
    <>
      <ol className="loom-form-list" ref={list}>
        {value.map((item, at) => {
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
                onChange: (next) => onChange(value.map((each, place) => (place === at ? next : each))),
                onClear: () => undefined,
              })}
              {canMove ? (
                <>
                  {at === 0 ? null : (
                    <RowButton label={messages.formUp(name)} move="up" onClick={() => move(at, at - 1)}>
                      <ArrowUp size={13} aria-hidden="true" />
                    </RowButton>
                  )}
                  {at === value.length - 1 ? null : (
                    <RowButton label={messages.formDown(name)} move="down" onClick={() => move(at, at + 1)}>
                      <ArrowDown size={13} aria-hidden="true" />
                    </RowButton>
                  )}
                </>
              ) : null}
              {readOnly || value.length <= shape.least ? null : (
                <RowButton
                  label={messages.formRemove(name)}
                  move="remove"
                  onClick={() => {
                    wanted.current = inRow(Math.min(at, value.length - 2), '[data-move="remove"]');
                    onChange(value.filter((_item, place) => place !== at));
                  }}
                >
                  <X size={13} aria-hidden="true" />
                </RowButton>
              )}
            </li>
          );
        })}
      </ol>
      {readOnly || value.length >= shape.most ? null : (
        <button
          type="button"
          id={value.length === 0 ? id : undefined}
          className="loom-button loom-button-outline loom-form-add"
          aria-label={messages.formAdd(label)}
          onClick={() => {
            wanted.current = inRow(value.length, 'input, select, textarea, button');
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

interface RowButtonProps {
  readonly label: string;
  readonly move: 'up' | 'down' | 'remove';
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function RowButton({ label, move, onClick, children }: RowButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="loom-icon-button"
      aria-label={label}
      title={label}
      data-move={move}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
