import type { KeyPress } from './keys.js';

/** A key as a keyboard sends it, alone unless told otherwise. */
export const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});
