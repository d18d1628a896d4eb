import { type Schema, schemaTypes } from '@loom/graph/schema';
import type { Messages } from '../messages/messages.js';
import { asSchema } from './schema.js';

/** What values of a schema are called that has no title. */
export function schemaWords(schema: Schema, messages: Messages): string {
  const types = schemaTypes(schema);
  const words = types.map((type) => {
    const items = asSchema(schema.items);
    const isOfOneKind = type === 'array' && schemaTypes(items).length > 0;
    return isOfOneKind ? messages.kindListOf(schemaWords(items, messages)) : messages.kindOfValue(type);
  });
  return words.length === 0 ? messages.kindOfValue('any') : words.join(' / ');
}
