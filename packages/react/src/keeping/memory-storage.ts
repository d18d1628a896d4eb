import {
  type FlowStorage,
  type FlowStorageLimits,
  type KeptFlow,
  MAX_KEPT_CHARACTERS,
  MAX_KEPT_FLOWS,
} from './flow-storage.js';
import { assertKeepable, surplusKeys } from './kept-bounds.js';

/**
 * Keeps flows as long as the page is open: for tests, and where an editor comes and goes in a page.
 *
 * @example
 * ```tsx
 * const drafts = createMemoryStorage();
 * <LoomEditor storage={{ adapter: drafts, key: 'report' }} library={library} />
 * ```
 */
export function createMemoryStorage(limits: FlowStorageLimits = {}): FlowStorage {
  const { maxFlows = MAX_KEPT_FLOWS, maxCharacters = MAX_KEPT_CHARACTERS } = limits;
  const flows = new Map<string, KeptFlow>();
  return {
    read: async (key) => flows.get(key),
    async write(key, kept) {
      assertKeepable(kept, maxCharacters);
      flows.set(key, kept);
      const times = new Map([...flows].map(([name, { savedAt }]) => [name, savedAt]));
      for (const surplus of surplusKeys(times, key, maxFlows)) flows.delete(surplus);
    },
    async remove(key) {
      flows.delete(key);
    },
  };
}
