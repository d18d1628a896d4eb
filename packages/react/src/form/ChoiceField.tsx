import type { Json } from '@loom/graph';
import { isOfSchemaType, type Schema, schemaFault, schemaTypes } from '@loom/graph/schema';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { Branch, FieldShape } from './field-shape.js';
import { type FormFieldProps, useForm } from './form-context.js';
import { asSchema, initialValue, isRecord, listOf } from './schema.js';
import { schemaWords } from './type-words.js';

interface ChoiceFieldProps extends FormFieldProps {
  readonly shape: Extract<FieldShape, { kind: 'choice' }>;
}

/** One of several forms: which of them, and below that its fields. */
export function ChoiceField(props: ChoiceFieldProps): ReactNode {
  const { id, label, shape, value, readOnly, depth, onChange } = props;
  const { renderField, root } = useForm();
  const messages = useMessages();
  // What was chosen last: its fields may not all be right yet.
  const [chosen, setChosen] = useState<number>();
  const fitting = value === undefined ? chosen : branchOf(value, shape.branches, root, chosen);
  const branch = fitting === undefined ? undefined : shape.branches[fitting];
  const isNothing = branch !== undefined && schemaTypes(branch.schema).join() === 'null';
  return (
    <>
      <select
        id={id}
        className="loom-input"
        aria-label={label}
        aria-invalid={branch === undefined && value !== undefined}
        disabled={readOnly}
        value={fitting ?? ''}
        onChange={(event) => {
          const at = Number(event.target.value);
          setChosen(at);
          onChange(initialValue(shape.branches[at]?.schema ?? {}, root));
        }}
      >
        {fitting === undefined ? (
          <option value="" disabled>
            {value === undefined ? messages.choose : messages.notAChoice(JSON.stringify(value).slice(0, 40))}
          </option>
        ) : null}
        {shape.branches.map(({ title, schema }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: branches have no id but their place
          <option key={at} value={at}>
            {title ?? schemaWords(schema, messages)}
          </option>
        ))}
      </select>
      {value === undefined || isNothing
        ? null
        : renderField({
            ...props,
            id: `${id}-${fitting ?? 'other'}`,
            title: undefined,
            schema: branch?.schema ?? {},
            required: true,
            depth: depth + 1,
          })}
    </>
  );
}

/** The branch that a value belongs to: one that it fits, the one that was chosen, or the one that it looks most like. */
function branchOf(
  value: Json,
  branches: readonly Branch[],
  root: Schema,
  chosen: number | undefined,
): number | undefined {
  const isChosenPossible = chosen !== undefined && looksLike(value, branches[chosen]?.schema ?? {});
  if (isChosenPossible) return chosen;
  const valid = branches.findIndex(({ schema }) => schemaFault(value, schema, root) === undefined);
  if (valid !== -1) return valid;
  const alike = branches.findIndex(({ schema }) => looksLike(value, schema));
  return alike === -1 ? undefined : alike;
}

/** By its type, and by those properties that say what it is. */
function looksLike(value: Json, schema: Schema): boolean {
  const types = schemaTypes(schema);
  if (types.length > 0 && !types.some((type) => isOfSchemaType(value, type))) return false;
  if (!isRecord(value)) return true;
  return Object.entries(asSchema(schema.properties)).every(([key, property]) => {
    const { const: constant, enum: choices } = asSchema(property);
    if (value[key] === undefined) return true;
    return (
      (constant === undefined || constant === value[key]) &&
      (choices === undefined || listOf(choices).includes(value[key] as Json))
    );
  });
}
