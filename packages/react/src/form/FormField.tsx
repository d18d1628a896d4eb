import { ownSchemaFault } from '@loom/graph/schema';
import { type ReactNode, useMemo } from 'react';
import { useMessages } from '../messages/messages.js';
import { ChoiceField } from './ChoiceField.js';
import { fieldShape } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';
import { ListFields } from './ListFields.js';
import { ObjectFields } from './ObjectFields.js';
import { initialValue, isRecord } from './schema.js';

/** A value by its schema: a field, or a box with the fields of its parts. */
export function FormField(props: FormFieldProps): ReactNode {
  const { id, title, label, schema, value, required, depth, onChange, onClear } = props;
  const { root, custom, Leaf } = useForm();
  const messages = useMessages();
  const readOnly = props.readOnly || schema.readOnly === true;
  const shape = fieldShape({ id, schema, root, value, required, depth });
  const fault = useMemo(() => {
    if (value === undefined) return required && depth > 0 ? messages.problemNeeded : undefined;
    const found = ownSchemaFault(value, schema);
    return found && messages.problemSchema(found.keyword, found.limit, found.message);
  }, [value, schema, required, depth, messages]);
  const help = typeof schema.description === 'string' && depth > 0 ? schema.description : undefined;
  const inner = { ...props, readOnly };

  if (shape.kind === 'leaf') {
    return (
      <div className="loom-form-field">
        {title === undefined ? null : <FieldLabel id={id} title={title} required={required} />}
        <Leaf
          port={shape.port}
          value={value}
          onChange={onChange}
          onClear={onClear}
          readOnly={readOnly}
          inputId={id}
          label={label}
          custom={custom}
          fault={fault}
        />
        {help === undefined ? null : <p className="loom-form-help">{help}</p>}
      </div>
    );
  }
  const isAbsent = value === undefined && depth > 0;
  const parts = isAbsent ? (
    readOnly ? null : (
      <button
        type="button"
        id={id}
        className="loom-button loom-button-outline"
        aria-label={messages.formAdd(label)}
        onClick={() => onChange(initialValue(schema, root))}
      >
        {messages.formAdd('')}
      </button>
    )
  ) : shape.kind === 'object' ? (
    <ObjectFields {...inner} shape={shape} value={isRecord(value) ? value : {}} />
  ) : shape.kind === 'list' ? (
    <ListFields {...inner} shape={shape} value={Array.isArray(value) ? value : []} />
  ) : (
    <ChoiceField {...inner} shape={shape} />
  );
  const below = (
    <>
      {help === undefined ? null : <p className="loom-form-help">{help}</p>}
      {parts}
      {/* Always there, so that screen readers announce what appears in it. */}
      <div className="loom-widget-problem" role="status" data-fault={fault !== undefined || undefined}>
        {fault}
      </div>
    </>
  );
  if (title === undefined) return <div className="loom-form-parts">{below}</div>;
  return (
    <fieldset className="loom-form-group">
      <legend>
        {title}
        {required ? <Needed /> : null}
        {isAbsent || required || readOnly || depth === 0 ? null : (
          <button type="button" className="loom-link" aria-label={messages.formRemove(label)} onClick={onClear}>
            {messages.formRemove('')}
          </button>
        )}
      </legend>
      {below}
    </fieldset>
  );
}

function FieldLabel({ id, title, required }: { id: string; title: string; required: boolean }): ReactNode {
  return (
    <label htmlFor={id}>
      {title}
      {required ? <Needed /> : null}
    </label>
  );
}

function Needed(): ReactNode {
  const messages = useMessages();
  return (
    <span className="loom-row-needed" title={messages.nodeRequired} aria-hidden="true">
      {' *'}
    </span>
  );
}
