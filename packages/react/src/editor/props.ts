import type { EditorStorage } from '../keeping/flow-storage.js';
import type { LoomLook, LoomOptions } from '../parts/props.js';

/** Props of {@link LoomEditor}. Give `document` or `defaultDocument` with a `library`, or a `store`. */
export interface LoomEditorProps extends LoomOptions, LoomLook {
  /**
   * Where unsaved work is kept, so that a crash or a reload loses nothing: it is offered the next time, and replaces
   * nothing on its own. Without it nothing is kept.
   */
  readonly storage?: EditorStorage | undefined;
}
