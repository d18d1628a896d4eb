import { SCHEMA_VERSION } from '../document.js';
import { edge } from './edge.js';
import * as field from './fields.js';
import { flowType, promotedPort } from './flow-type.js';
import { frame, node } from './node.js';

export const environment = field.object(
  field.fields({
    python: field.object(field.fields({ requirements: field.listOf(field.name), lock: field.jsonObject })),
  }),
);

export const flowSettings = field.object(
  field.fields({
    mode: field.oneOf('manual', 'auto'),
    timeoutMs: field.number(0),
    onError: field.oneOf('continue', 'stop'),
  }),
);

/** The fields at the top of a document. */
export const documentFields = field.fields({
  loom: () => SCHEMA_VERSION,
  title: field.text,
  description: field.text,
  nodes: field.countedTable(node, 'node'),
  edges: field.countedTable(edge, 'edge'),
  types: field.tableOf(flowType),
  frames: field.tableOf(frame),
  environment,
  settings: flowSettings,
  inputs: field.tableOf(promotedPort),
  outputs: field.tableOf(promotedPort),
  meta: field.jsonObject,
});
