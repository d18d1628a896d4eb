import { LoomError } from '../error.js';
import { environment, flowSettings } from '../load/document-fields.js';
import * as field from '../load/fields.js';
import { flowType, promotedPort } from '../load/flow-type.js';
import { frame } from '../load/node.js';
import { needNode } from './nodes.js';
import type { Operation } from './operation.js';
import { accept, acceptId } from './value.js';
import type { WorkingCopy } from './working-copy.js';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

export function setType(copy: WorkingCopy, { id, type }: Of<'set-type'>): void {
  copy.types.set(acceptId(id, 'a type'), accept(flowType, type, `type "${id}"`));
}

/** Nodes of the type stay, as placeholders. */
export function removeType(copy: WorkingCopy, { id }: Of<'remove-type'>): void {
  if (copy.types.get(id)) copy.types.remove(id);
}

export function setFrame(copy: WorkingCopy, { id, frame: raw }: Of<'set-frame'>): void {
  copy.frames.set(acceptId(id, 'a frame'), accept(frame, raw, `frame "${id}"`));
}

export function removeFrames(copy: WorkingCopy, { ids }: Of<'remove-frames'>): void {
  for (const id of ids) if (copy.frames.get(id)) copy.frames.remove(id);
}

const changeReaders = {
  title: field.text,
  description: field.text,
  environment,
  settings: flowSettings,
  inputs: field.tableOf(promotedPort),
  outputs: field.tableOf(promotedPort),
  meta: field.jsonObject,
};

/** These tables are always there; taking one away empties it. */
const tables = new Set(['environment', 'settings', 'inputs', 'outputs']);

export function updateFlow(copy: WorkingCopy, { changes }: Of<'update-flow'>): void {
  for (const [key, value] of Object.entries(changes)) {
    if (!Object.hasOwn(changeReaders, key)) {
      throw new LoomError('operation/invalid', `A flow has no field "${key}" that can be updated.`, {
        context: { key },
      });
    }
    const reader: field.FieldReader = changeReaders[key as keyof typeof changeReaders];
    const absent = value === undefined || value === null;
    const accepted = absent ? (tables.has(key) ? {} : undefined) : accept(reader, value, key);
    if (key === 'inputs' || key === 'outputs') {
      for (const { node } of Object.values(accepted as Readonly<Record<string, { node: string }>>))
        needNode(copy, node);
    }
    copy.fields.set(key, accepted);
  }
}
