import { germanAuthoring } from './german/authoring.js';
import { germanEditor } from './german/editor.js';
import { germanEnvironment } from './german/environment.js';
import { germanFlows } from './german/flows.js';
import { germanHistory } from './german/history.js';
import { germanKeys } from './german/keys.js';
import { germanOutline } from './german/outline.js';
import { germanParts } from './german/parts.js';
import { germanRunControl } from './german/run-control.js';
import { germanWires } from './german/wires.js';
import type { Messages } from './messages.js';

/**
 * The texts in German. One that is not translated yet stays English.
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
  ...germanWires,
  ...germanKeys,
  ...germanOutline,
  ...germanHistory,
  ...germanEnvironment,
  ...germanAuthoring,
};
