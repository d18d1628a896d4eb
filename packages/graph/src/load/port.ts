import * as field from './fields.js';

/** The fields of a declared port. */
export const portFields = {
  type: field.text,
  title: field.text,
  help: field.text,
  required: field.flag,
  default: field.json,
  multiple: field.flag,
  widget: field.jsonObject,
};

/** Declared ports by id. */
export const ports = field.tableOf(field.object(field.fields(portFields)));
