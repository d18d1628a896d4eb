const TEXT_FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], .cm-editor, .nokey';

/** Whether a place takes text: keys and clipboard there are its own business. */
export function isTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}
