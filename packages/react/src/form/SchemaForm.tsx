import { type ComponentType, type ReactNode, useMemo } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PortWidgetProps } from '../widgets/widget-props.js';
import { FormField } from './FormField.js';
import { FormContext, type FormContextValue } from './form-context.js';
import { resolved, type Schema } from './schema.js';

interface SchemaFormProps extends PortWidgetProps {
  readonly schema: Schema;
  /** Edits what has no parts. Handed over, because it is what shows this form. */
  readonly Leaf: ComponentType<PortWidgetProps>;
}

/** Fields for a value that a JSON Schema describes. Nothing is changed but what a person changes. */
export function SchemaForm(props: SchemaFormProps): ReactNode {
  const { schema: root, value, onChange, onClear, readOnly = false, inputId, label, port, custom, Leaf } = props;
  const messages = useMessages();
  const form = useMemo<FormContextValue>(
    () => ({ root, custom, Leaf, renderField: (field) => <FormField key={field.id} {...field} /> }),
    [root, custom, Leaf],
  );
  const schema = useMemo(() => resolved(root, root), [root]);
  return (
    <FormContext.Provider value={form}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a box and ask for a legend */}
      <div className="loom-form nodrag nowheel" role="group" aria-label={label}>
        <FormField
          id={inputId}
          title={undefined}
          label={label}
          schema={schema}
          value={value ?? port.default}
          required={port.required}
          readOnly={readOnly}
          depth={0}
          onChange={onChange}
          onClear={onClear}
        />
        {value === undefined || port.required || readOnly ? null : (
          <button type="button" className="loom-link loom-form-reset" onClick={onClear}>
            {port.default === undefined ? messages.clearInput(label) : messages.resetToDefault(label)}
          </button>
        )}
      </div>
    </FormContext.Provider>
  );
}
