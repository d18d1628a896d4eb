import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommandSet } from './command-set.js';
import { giveKey, judgeKey, keyOf, takeKey } from './key-choice.js';
import { press } from './key-press-fixture.js';
import { createKeymapState, type Keymap } from './keymap.js';
import { canonicalKey, type KeyPress, matchesKey } from './keys.js';

/** Keys as keyboards send them: letters, also of other alphabets, digits, signs above digits, and named keys. */
const pressed = fc
  .record({
    what: fc.oneof(
      fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz').map((key) => ({ key, code: `Key${key.toUpperCase()}` })),
      fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz').map((key) => ({ key: key.toUpperCase(), code: 'KeyQ' })),
      fc.constantFrom('я', 'ж', 'å', 'µ').map((key) => ({ key, code: 'KeyM' })),
      fc.constantFrom(...'0123456789').map((key) => ({ key, code: `Digit${key}` })),
      fc.constantFrom('!', '"', '§', '$', '%').map((key) => ({ key, code: 'Digit3' })),
      fc.constantFrom('?', '+', '-', '.', ',', '#', '<').map((key) => ({ key, code: 'Slash' })),
      fc.constantFrom('F5', 'Enter', 'ArrowLeft', 'Delete', 'PageUp', ' ').map((key) => ({ key, code: key })),
    ),
    ctrlKey: fc.boolean(),
    metaKey: fc.boolean(),
    shiftKey: fc.boolean(),
    altKey: fc.boolean(),
  })
  .map(({ what, ...modifiers }): KeyPress => ({ ...what, ...modifiers }));

test('what was pressed for a command starts it when it is pressed again', () => {
  fc.assert(
    fc.property(pressed, (event) => {
      const key = keyOf(event);
      expect(key).toBeDefined();
      expect(matchesKey(event, key ?? ''), key).toBe(true);
    }),
  );
});

test('Shift and the like alone are no key', () => {
  for (const key of ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'Dead', 'CapsLock'])
    expect(keyOf(press(key))).toBeUndefined();
  expect(keyOf(press('Z', { ctrlKey: true, shiftKey: true, code: 'KeyZ' }))).toBe('Mod+Shift+Z');
  expect(keyOf(press('?', { shiftKey: true }))).toBe('?');
});

test('keys that differ in writing only are the same', () => {
  expect(canonicalKey('mod+shift+z')).toBe(canonicalKey('Shift+Mod+Z'));
  expect(canonicalKey('Shift+?')).toBe(canonicalKey('?'));
  expect(canonicalKey('Shift+1')).not.toBe(canonicalKey('1'));
});

/** Three commands, with their keys as a sheet sees them. */
function commandsWith(options: { keymap?: Keymap; onKeymapChange?: (keymap: Keymap) => void } = {}) {
  const standard: Readonly<Record<string, readonly string[]>> = { one: ['Mod+D'], two: ['Q'], three: [] };
  const keymap = createKeymapState({ keymap: () => options.keymap, onKeymapChange: () => options.onKeymapChange });
  const commands = {
    ids: () => Object.keys(standard),
    keysOf: (id: string) => keymap.read()[id] ?? standard[id] ?? [],
    keymap,
  } as unknown as CommandSet;
  return { commands, keymap, keys: () => Object.keys(standard).map((id) => commands.keysOf(id)) };
}

test('a key is free, taken, of the browser, or never arrives', () => {
  const { commands } = commandsWith();
  expect(judgeKey(commands, 'one', 'W', false)).toEqual({ kind: 'free', isBrowsers: false });
  expect(judgeKey(commands, 'one', 'Mod+R', false)).toEqual({ kind: 'free', isBrowsers: true });
  expect(judgeKey(commands, 'three', 'mod+d', false)).toEqual({ kind: 'taken', by: ['one'] });
  expect(judgeKey(commands, 'one', 'Mod+W', false)).toEqual({ kind: 'never-arrives' });
  expect(judgeKey(commands, 'one', 'Mod+Q', false)).toEqual({ kind: 'free', isBrowsers: false });
  expect(judgeKey(commands, 'one', 'Mod+Q', true)).toEqual({ kind: 'never-arrives' });
  expect(judgeKey(commands, 'one', 'Mod+C', false)).toEqual({ kind: 'fixed' });
});

test('a key that is taken goes over, and comes back with a reset', () => {
  const { commands, keymap, keys } = commandsWith({ keymap: { two: ['Alt+7'] } });
  giveKey(commands, 'three', 'Mod+D', ['one']);
  expect(keys()).toEqual([[], ['Alt+7'], ['Mod+D']]);
  takeKey(commands, 'two', 'Alt+7');
  expect(keys()).toEqual([[], [], ['Mod+D']]);
  keymap.change({ two: undefined });
  expect(keys()).toEqual([[], ['Alt+7'], ['Mod+D']]);
  keymap.reset();
  expect(keys()).toEqual([['Mod+D'], ['Alt+7'], []]);
  expect(keymap.chosen()).toEqual([]);
});

test('no two commands share a key after any choices', () => {
  const choice = fc.record({ id: fc.constantFrom('one', 'two', 'three'), event: pressed });
  fc.assert(
    fc.property(fc.array(choice, { maxLength: 20 }), (choices) => {
      const { commands, keys } = commandsWith();
      for (const { id, event } of choices) {
        const key = keyOf(event) ?? '';
        const verdict = judgeKey(commands, id, key, false);
        if (verdict.kind === 'free' || verdict.kind === 'taken')
          giveKey(commands, id, key, verdict.kind === 'taken' ? verdict.by : []);
      }
      const all = keys().flat().map(canonicalKey);
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});

test('where the app keeps the keys it is told the whole keymap, and holds it', () => {
  const told: Keymap[] = [];
  const { commands, keys } = commandsWith({
    keymap: { two: ['Alt+7'] },
    onKeymapChange: (keymap) => told.push(keymap),
  });
  giveKey(commands, 'one', 'W', []);
  expect(told).toEqual([{ two: ['Alt+7'], one: ['Mod+D', 'W'] }]);
  expect(keys()).toEqual([['Mod+D'], ['Alt+7'], []]);
});
