import type { NodeSettings } from '@loom/graph';

/** Settings without those that are undefined; nothing at all when none is left, as in a file that never had any. */
export function trimSettings(settings: { readonly [Key in keyof NodeSettings]: NodeSettings[Key] | undefined }) {
  const left = Object.entries(settings).filter(([, value]) => value !== undefined);
  return left.length === 0 ? null : (Object.fromEntries(left) as NodeSettings);
}
