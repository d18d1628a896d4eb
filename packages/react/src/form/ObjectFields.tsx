import type { Json, JsonObject } from '@loom/graph';
import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { FieldShape } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';
import { initialValue, type Schema } from './schema.js';

interface ObjectFieldsProps extends Omit<FormFieldProps, 'value'> {
  readonly shape: Extract<FieldShape, { kind: 'object' }>;
  readonly value: JsonObject;
}

/** The properties of an object, and below them what else it holds: that is never lost. */
export function ObjectFields(props: ObjectFieldsProps): ReactNode {
  const { id, label, shape, value, readOnly, depth, onChange } = props;
  const { renderField, root } = useForm();
  const messages = useMessages();
  const known = new Set(shape.properties.map(({ key }) => key));
  const others = Object.keys(value).filter((key) => !known.has(key));

  const field = (key: string, schema: Schema, required: boolean, title: string) =>
    renderField({
      // What names the whole leads to its first field.
      id: key === shape.properties[0]?.key ? id : `${id}-${key}`,
      title,
      label: `${label}: ${title}`,
      schema,
      value: Object.hasOwn(value, key) ? value[key] : undefined,
      required,
      readOnly,
      depth: depth + 1,
      onChange: (next) => onChange({ ...value, [key]: next }),
      onClear: () => onChange(without(value, key)),
    });

  return (
    <>
      {shape.properties.map(({ key, title, schema, required }) => field(key, schema, required, title))}
      {others.map((key) => (
        <div className="loom-form-row" key={key}>
          {field(key, shape.others ?? {}, false, key)}
          {readOnly ? null : (
            <button
              type="button"
              className="loom-icon-button"
              aria-label={messages.formRemove(key)}
              title={messages.formRemove(key)}
              onClick={() => onChange(without(value, key))}
            >
              <X size={13} aria-hidden="true" />
            </button>
          )}
        </div>
      ))}
      {shape.others === undefined || readOnly ? null : (
        <NewKey
          label={label}
          isTaken={(key) => known.has(key) || Object.hasOwn(value, key)}
          onAdd={(key) => onChange({ ...value, [key]: initialValue(shape.others ?? {}, root) })}
        />
      )}
    </>
  );
}

function without(value: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([each]: [string, Json]) => each !== key));
}

interface NewKeyProps {
  readonly label: string;
  readonly isTaken: (key: string) => boolean;
  readonly onAdd: (key: string) => void;
}

/** Names a new entry. */
function NewKey({ label, isTaken, onAdd }: NewKeyProps): ReactNode {
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
          className="loom-input"
          aria-label={messages.formNewKey(label)}
          placeholder={messages.formNewKey('')}
          aria-invalid={taken}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
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
