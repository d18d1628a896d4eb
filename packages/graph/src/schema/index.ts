/*
 * JSON Schemas of inputs: what is wrong with a value, the fields and the ports that follow. Apart from the rest, which loads at once
 * where a flow is only drawn.
 */
export { inputProblem, inputSchemaFault } from './input-fault.js';
export type { Schema } from './schema.js';
export { isOfSchemaType, resolveSchema, schemaTypes } from './schema.js';
export { ownSchemaFault, type SchemaFault, schemaFault } from './schema-fault.js';
export { type SchemaInput, schemaInputs } from './schema-inputs.js';
export { schemaChoices, schemaPortType, schemaWidget } from './schema-port.js';
