import type { CommandSet } from './command-set.js';
import { canonicalKey, type KeyPress } from './keys.js';

/** Keys that browsers and systems never hand to a page, whatever it does. */
const NEVER_ARRIVE = [
  ...['Mod+W', 'Mod+T', 'Mod+N', 'Mod+Shift+W', 'Mod+Shift+T', 'Mod+Shift+N', 'Mod+Tab', 'Mod+Shift+Tab'],
  ...['Mod+PageUp', 'Mod+PageDown', 'Alt+F4', 'Alt+Tab', 'F11', 'F12', 'Mod+Shift+I', 'Mod+Shift+J'],
];
const NEVER_ARRIVE_ON_APPLE = ['Mod+Q', 'Mod+H', 'Mod+M', 'Mod+Space', 'Mod+`'];
/** Keys with one meaning for the whole editor: the way through the page, the way out, the clipboard, moving the view. */
const FIXED = ['Tab', 'Shift+Tab', 'Escape', 'Space', 'Mod+C', 'Mod+X', 'Mod+V', 'Mod+Shift+V'];
/** Keys that browsers have a use for, and leave to a page that takes them. */
const BROWSERS = [
  ...['Mod+R', 'Mod+Shift+R', 'Mod+P', 'Mod+S', 'Mod+O', 'Mod+F', 'Mod+G', 'Mod+Shift+G', 'Mod+L', 'Mod+J', 'Mod+H'],
  ...['Mod+U', 'Mod+D', 'Mod+E', 'Mod+K', 'Mod+B', 'Mod+Shift+B', 'Mod+Shift+P', 'Mod+Shift+O', 'Mod+Shift+Delete'],
  ...['Mod+0', 'Mod++', 'Mod+-', 'Mod+=', 'F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'Shift+F10', 'Alt+ArrowLeft'],
  ...['Alt+ArrowRight', 'Alt+Home', 'Alt+D', 'Alt+E', 'Alt+F', 'ContextMenu'],
  ...['Mod+1', 'Mod+2', 'Mod+3', 'Mod+4', 'Mod+5', 'Mod+6', 'Mod+7', 'Mod+8', 'Mod+9'],
];

const setOf = (keys: readonly string[]) => new Set(keys.map(canonicalKey));
const neverArrive = setOf(NEVER_ARRIVE);
const neverArriveOnApple = setOf(NEVER_ARRIVE_ON_APPLE);
const fixed = setOf(FIXED);
const browsers = setOf(BROWSERS);

/** A command with more keys than this has them by mistake. */
export const MOST_KEYS = 5;

const MODIFIERS = /^(?:Control|Shift|Alt|AltGraph|Meta|OS|CapsLock|NumLock|ScrollLock|Fn|Hyper|Super)/;

/** The name of the key that was pressed, as a keymap has it; undefined while only Shift and the like are down. */
export function keyOf(event: KeyPress): string | undefined {
  if (MODIFIERS.test(event.key) || /^(?:Dead|Process|Unidentified)$/.test(event.key)) return undefined;
  const { name, takesShift } = nameOf(event);
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : '';
  return `${mod}${event.shiftKey && takesShift ? 'Shift+' : ''}${event.altKey ? 'Alt+' : ''}${name}`;
}

/** Letters and digits are named by their place where something else came of them; a sign says itself whether it took Shift. */
function nameOf({ key, code }: KeyPress): { readonly name: string; readonly takesShift: boolean } {
  if (key === ' ') return { name: 'Space', takesShift: true };
  if (key.length > 1) return { name: key, takesShift: true };
  if (/^[a-z0-9]$/i.test(key)) return { name: key.toUpperCase(), takesShift: true };
  const [, place] = /^(?:Key|Digit)([A-Z0-9])$/.exec(code) ?? [];
  return place === undefined ? { name: key, takesShift: false } : { name: place, takesShift: true };
}

/** Whether a command may have a key. */
export type KeyVerdict =
  /** `isBrowsers`: elsewhere in the page the browser has a use for it. */
  | { readonly kind: 'free'; readonly isBrowsers: boolean }
  /** Other commands have it. */
  | { readonly kind: 'taken'; readonly by: readonly string[] }
  /** It would never reach the editor, or has one meaning in all of it. */
  | { readonly kind: 'never-arrives' }
  | { readonly kind: 'fixed' };

/** Says whether a command can have this key, and what stands in the way. */
export function judgeKey(commands: CommandSet, id: string, key: string, apple: boolean): KeyVerdict {
  const name = canonicalKey(key);
  if (neverArrive.has(name) || (apple && neverArriveOnApple.has(name))) return { kind: 'never-arrives' };
  if (fixed.has(name)) return { kind: 'fixed' };
  const by = commands
    .ids()
    .filter((other) => other !== id && commands.keysOf(other).some((each) => canonicalKey(each) === name));
  return by.length > 0 ? { kind: 'taken', by } : { kind: 'free', isBrowsers: browsers.has(name) };
}

/** Gives a command one more key, and takes it from all others. */
export function giveKey(commands: CommandSet, id: string, key: string, from: readonly string[]): void {
  const name = canonicalKey(key);
  const without = (other: string) => commands.keysOf(other).filter((each) => canonicalKey(each) !== name);
  commands.keymap.change({
    ...Object.fromEntries(from.map((other) => [other, without(other)])),
    [id]: [...without(id), key].slice(-MOST_KEYS),
  });
}

/** Takes a key from a command. */
export function takeKey(commands: CommandSet, id: string, key: string): void {
  commands.keymap.change({ [id]: commands.keysOf(id).filter((each) => each !== key) });
}
