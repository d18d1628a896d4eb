import type { Templates } from './useTemplates.js';

/** For tests of what needs no templates. */
export const noTemplates: Templates = {
  items: [],
  kept: [],
  canSave: false,
  save: async () => undefined,
  remove: async () => undefined,
};
