/** A flow as it is kept: the text of its file, and when that was. */
export interface KeptFlow {
  /** What `load` of `@loom/graph` reads. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Work that was found at the start and that nobody has taken back or discarded yet: it must not be written over. */
  readonly unanswered?: { readonly text: string; readonly savedAt: number };
}

/**
 * Where an editor keeps unsaved work: in the browser, or wherever an app likes. Each key holds one flow. Everything may
 * reject: the editor then says that work is not kept, and why, and tries again.
 *
 * @example
 * ```ts
 * const storage: FlowStorage = {
 *   read: async (key) => (await fetch(`/drafts/${key}`)).json(),
 *   write: async (key, kept) => void (await fetch(`/drafts/${key}`, { method: 'PUT', body: JSON.stringify(kept) })),
 *   remove: async (key) => void (await fetch(`/drafts/${key}`, { method: 'DELETE' })),
 * };
 * ```
 */
export interface FlowStorage {
  /** Undefined where nothing is kept under this key. */
  read(key: string): Promise<KeptFlow | undefined>;
  write(key: string, kept: KeptFlow): Promise<void>;
  /** Also where nothing is there. */
  remove(key: string): Promise<void>;
}

/** Bounds of the storages that come with the editor. */
export interface FlowStorageLimits {
  /** Flows under different keys; beyond it the one that was kept longest ago goes. @default 20 */
  readonly maxFlows?: number;
  /** Characters of one flow; a larger one is refused. @default 16 million */
  readonly maxCharacters?: number;
}

export const MAX_KEPT_FLOWS = 20;
export const MAX_KEPT_CHARACTERS = 16_000_000;

/** Where an editor keeps unsaved work, and under which name. */
export interface EditorStorage {
  readonly adapter: FlowStorage;
  /** Names the flow. Where two windows edit under one key, the second is told and chooses a version. */
  readonly key: string;
}
