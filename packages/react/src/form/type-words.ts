import { type Schema, schemaTypes } from '@loom/graph/schema';
import type { Messages } from '../messages/messages.js';
import { asSchema } from './schema.js';

/** What values of a schema are called that has no title. */
export function schemaWords(schema: Schema, messages: Messages): string {
  const types = schemaTypes(schema);
  return types.length === 0
    ? messages.valueKind('json')
    : types.map((type) => words(type, schema, messages)).join(' / ');
}

const KINDS = { string: 'text', number: 'number', integer: 'number', boolean: 'bool', null: 'none' } as const;

function words(type: string, { items }: Schema, messages: Messages): string {
  if (type === 'array') return messages.kindListOf(items === undefined ? '…' : schemaWords(asSchema(items), messages));
  return type === 'object' ? '{…}' : messages.valueKind(KINDS[type as keyof typeof KINDS] ?? 'json');
}
