import { germanEditor } from './german/editor.js';
import { germanFlows } from './german/flows.js';
import { germanParts } from './german/parts.js';
import { germanRunControl } from './german/run-control.js';
import type { Messages } from './messages.js';

/**
 * Every text in German.
 *
 * @example
 * ```tsx
 * import { germanMessages } from '@loom/react/messages/de';
 *
 * <LoomEditor messages={germanMessages} library={library} />
 * ```
 */
export const germanMessages: Partial<Messages> = {
  ...germanParts,
  ...germanEditor,
  ...germanRunControl,
  ...germanFlows,
};
