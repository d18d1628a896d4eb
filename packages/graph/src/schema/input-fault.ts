import type { Json } from '../json.js';
import type { InputPort } from '../node-type.js';
import { literalProblem } from '../port-type/literal.js';
import { sameJson } from '../same-json.js';
import { type SchemaFault, schemaFault } from './schema-fault.js';

/** What is known of values of documents: these never change, so each is looked at once for a schema. */
const known = new WeakMap<object, { readonly schema: object; readonly fault: SchemaFault | undefined }>();

/**
 * What is wrong with a literal by the JSON Schema that its input carries (`widget: { kind: 'form', schema }`); undefined when nothing is,
 * or when there is no schema. The default of the input is always right.
 *
 * @example
 * ```ts
 * const fault = inputSchemaFault(document.nodes.draw.inputs.chart, port);
 * if (fault) console.log(`${fault.path}: ${fault.message}`); // "title: At least 3 characters."
 * ```
 */
export function inputSchemaFault(
  value: Json,
  { widget, default: standard }: Pick<InputPort, 'widget' | 'default'>,
): SchemaFault | undefined {
  if (widget?.kind !== 'form' || sameJson(value, standard)) return undefined;
  const { schema } = widget;
  if (typeof value !== 'object' || value === null) return schemaFault(value, schema);
  const before = known.get(value);
  if (before?.schema === schema) return before.fault;
  const fault = schemaFault(value, schema);
  known.set(value, { schema, fault });
  return fault;
}

/**
 * Says why a literal cannot be the value of an input, by its type and by the schema that it carries, or nothing when it can. The literal
 * of an input of several wires is the whole list.
 *
 * @example
 * ```ts
 * inputProblem('007', { type: parsePortType('int') }); // '"007" does not fit int.'
 * ```
 */
export function inputProblem(
  value: Json,
  port: Pick<InputPort, 'type' | 'widget' | 'default' | 'multiple'>,
): string | undefined {
  const { type, multiple } = port;
  const whole = multiple === true && type.kind !== 'list' ? ({ kind: 'list', item: type } as const) : type;
  const problem = literalProblem(value, whole);
  if (problem !== undefined) return problem;
  const fault = inputSchemaFault(value, port);
  return fault && (fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`);
}
