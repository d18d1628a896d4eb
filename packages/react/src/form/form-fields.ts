/* Forms of JSON Schemas, with their validator: they load with the first of them. */
export { SchemaForm } from './SchemaForm.js';
