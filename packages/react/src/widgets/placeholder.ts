import type { InputPort, Json } from '@loom/graph';
import type { Messages } from '../messages/messages.js';

/** What an empty field shows: the default, in grey, or that nothing is set. */
export function placeholderFor(port: InputPort, messages: Messages, format: (value: Json) => string): string {
  if (port.default === undefined) return messages.notSet;
  return port.default === null ? messages.noneValue : format(port.default);
}
