import type { Json, JsonObject } from '@loom/graph';
import type { Schema } from '@loom/graph/schema';
import { type ReactNode, useMemo } from 'react';
import { EntryFields } from './EntryFields.js';
import type { FieldShape } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';

interface ObjectFieldsProps extends Omit<FormFieldProps, 'value'> {
  readonly shape: Extract<FieldShape, { kind: 'object' }>;
  readonly value: JsonObject;
}

/** The properties of an object, and below them what else it holds: that is never lost. */
export function ObjectFields(props: ObjectFieldsProps): ReactNode {
  const { id, label, shape, value, readOnly, depth, onChange } = props;
  const { renderField } = useForm();
  const known = useMemo(() => new Set(shape.properties.map(({ key }) => key)), [shape]);

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
      <EntryFields {...props} known={known} others={shape.others} />
    </>
  );
}

function without(value: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([each]: [string, Json]) => each !== key));
}
