/** What a key press is compared by. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * Whether a key press is this key. `Mod` is Ctrl or Cmd; the last part is the name of a key as `KeyboardEvent.key` has
 * it, in any case. `Space` is the space bar. Letters also match by their place on the keyboard, for layouts that are not Latin.
 *
 * @example
 * ```ts
 * matchesKey(event, 'Mod+Shift+Z');
 * ```
 */
export function matchesKey(event: KeyPress, key: string): boolean {
  const { mod, shift, alt, name } = parseKey(key);
  if ((event.ctrlKey || event.metaKey) !== mod || event.altKey !== alt) return false;
  const pressed = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(name);
  const isDigit = /^[0-9]$/.test(name);
  // With Shift a digit or a sign gives another character: the place tells. Signs say themselves whether Shift is needed.
  if ((isLetter || isDigit || name.length > 1) && event.shiftKey !== shift) return false;
  if (pressed === name) return true;
  if (isLetter) return !/^[a-z]$/.test(pressed) && event.code === `Key${name.toUpperCase()}`;
  return isDigit && event.code === `Digit${name}`;
}

/** How a key is written for people: `⌘⇧Z` on Apple devices, `Ctrl+Shift+Z` elsewhere. */
export function formatKey(key: string, apple: boolean): string {
  const { mod, shift, alt, name } = parseKey(key);
  const last = name.length === 1 ? name.toUpperCase() : (NAMES[name] ?? `${name[0]?.toUpperCase()}${name.slice(1)}`);
  const parts = apple
    ? [mod ? '⌘' : '', alt ? '⌥' : '', shift ? '⇧' : '', last]
    : [mod ? 'Ctrl+' : '', alt ? 'Alt+' : '', shift ? 'Shift+' : '', last];
  return parts.join('');
}

const NAMES: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  delete: 'Del',
  escape: 'Esc',
  pageup: 'Page Up',
  pagedown: 'Page Down',
  contextmenu: 'Menu',
};

/** One way to write each key, to compare them by. */
export function canonicalKey(key: string): string {
  const { mod, shift, alt, name } = parseKey(key);
  // A sign says itself whether it takes Shift.
  const withShift = shift && (name.length > 1 || /^[a-z0-9]$/.test(name));
  return [mod ? 'mod' : '', withShift ? 'shift' : '', alt ? 'alt' : '', name].join('+');
}

function parseKey(key: string): { mod: boolean; shift: boolean; alt: boolean; name: string } {
  // `Mod++` is the plus key.
  const parts = key.endsWith('++') ? [...key.slice(0, -2).split('+'), '+'] : key === '+' ? ['+'] : key.split('+');
  const name = (parts.at(-1) ?? '').toLowerCase();
  const modifiers = new Set(parts.slice(0, -1).map((part) => part.toLowerCase()));
  return { mod: modifiers.has('mod'), shift: modifiers.has('shift'), alt: modifiers.has('alt'), name };
}
