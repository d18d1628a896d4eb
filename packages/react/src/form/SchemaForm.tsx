import { type PortType, portTypeSchema } from '@loom/graph';
import { inputSchemaFault, resolveSchema, type Schema, schemaTypes } from '@loom/graph/schema';
import { Braces, Rows3 } from 'lucide-react';
import { type ComponentType, type ReactNode, useCallback, useMemo, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PortWidgetProps } from '../widgets/widget-props.js';
import { FormField } from './FormField.js';
import { FormContext, type FormContextValue } from './form-context.js';
import { asSchema, listOf } from './schema.js';

interface SchemaFormProps extends PortWidgetProps {
  /** What describes the value: a schema, or else its type. */
  readonly schema?: Schema | undefined;
  readonly type?: PortType | undefined;
  /** Edits what has no parts. Handed over, because it is what shows this form. */
  readonly Leaf: ComponentType<PortWidgetProps>;
}

/** Fields for a value that a JSON Schema or its type describes, or its JSON. Nothing is changed but what a person changes. */
export function SchemaForm(props: SchemaFormProps): ReactNode {
  const { value, onChange, onClear, readOnly = false, inputId, label, port, custom, Leaf } = props;
  const messages = useMessages();
  const [isText, setText] = useState(false);
  const editText = useCallback(() => setText(true), []);
  const { schema: given, type } = props;
  const root = useMemo(() => given ?? portTypeSchema(type ?? port.type), [given, type, port.type]);
  const form = useMemo<FormContextValue>(
    () => ({ root, custom, Leaf, editText, renderField: (field) => <FormField key={field.id} {...field} /> }),
    [root, custom, Leaf, editText],
  );
  const schema = useMemo(() => resolveSchema(root, root), [root]);
  const shown = value ?? port.default;
  // Where absence means None there is nothing to show of it.
  const isNone = shown === null && type !== undefined && !takesNone(schema);
  const fault = value === undefined ? undefined : inputSchemaFault(value, port);
  const words = fault && `${fault.path} ${messages.problemSchema(fault.keyword, fault.limit, fault.message)}`.trim();
  return (
    <FormContext.Provider value={form}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a box and ask for a legend */}
      <div className="loom-form nodrag nowheel" role="group" aria-label={label}>
        {isText ? (
          <Leaf {...props} port={{ ...port, widget: { kind: 'json' } }} fault={words} />
        ) : (
          <FormField
            id={inputId}
            title={undefined}
            label={label}
            schema={schema}
            value={isNone ? undefined : shown}
            required={port.required}
            readOnly={readOnly}
            depth={0}
            onChange={onChange}
            onClear={onClear}
          />
        )}
        {fault !== undefined && !isText && isOfNoField(fault.keyword, root) ? (
          <p className="loom-widget-problem" role="status">
            {words}
          </p>
        ) : null}
        <div className="loom-form-foot">
          <button type="button" className="loom-link" onClick={() => setText(!isText)}>
            {isText ? <Rows3 size={12} aria-hidden="true" /> : <Braces size={12} aria-hidden="true" />}{' '}
            {isText ? messages.formAsFields : messages.formAsText}
          </button>
          {value === undefined || port.required || readOnly || isText ? null : (
            <button type="button" className="loom-link" onClick={onClear}>
              {port.default === undefined ? messages.clearInput(label) : messages.resetToDefault(label)}
            </button>
          )}
        </div>
      </div>
    </FormContext.Provider>
  );
}

function takesNone(schema: Schema): boolean {
  return [schema, ...listOf(schema.anyOf)].some((part) => schemaTypes(asSchema(part)).includes('null'));
}

const OF_NO_FIELD = new Set(['additionalProperties', 'propertyNames', 'contains', 'not', 'anyOf', 'oneOf', 'false']);
/** Schemas with these ask for things that depend on other things: no field knows of them. */
const DEPENDS = /"(?:if|dependent\w*|dependencies)":/;

/** Whether a fault is said by no field, because it is about several of them. */
function isOfNoField(keyword: string, root: Schema): boolean {
  return OF_NO_FIELD.has(keyword) || (keyword === 'required' && DEPENDS.test(JSON.stringify(root)));
}
