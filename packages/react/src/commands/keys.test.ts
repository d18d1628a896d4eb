import { expect, test } from 'vitest';
import { press } from './key-press-fixture.js';
import { formatKey, matchesKey } from './keys.js';

test('Mod is Ctrl as well as Cmd, and modifiers must be the same', () => {
  expect(matchesKey(press('z', { ctrlKey: true }), 'Mod+Z')).toBe(true);
  expect(matchesKey(press('z', { metaKey: true }), 'Mod+Z')).toBe(true);
  expect(matchesKey(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z')).toBe(false);
  expect(matchesKey(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z')).toBe(true);
  expect(matchesKey(press('z'), 'Mod+Z')).toBe(false);
  expect(matchesKey(press('z', { ctrlKey: true, altKey: true }), 'Mod+Z')).toBe(false);
});

test('a letter of another alphabet matches by its place', () => {
  expect(matchesKey(press('я', { ctrlKey: true, code: 'KeyZ' }), 'Mod+Z')).toBe(true);
  expect(matchesKey(press('y', { ctrlKey: true, code: 'KeyZ' }), 'Mod+Z')).toBe(false);
});

test('signs do not ask for Shift, digits do', () => {
  expect(matchesKey(press('+', { ctrlKey: true, shiftKey: true }), 'Mod++')).toBe(true);
  expect(matchesKey(press('!', { shiftKey: true, code: 'Digit1' }), 'Shift+1')).toBe(true);
  expect(matchesKey(press('1', { code: 'Digit1' }), 'Shift+1')).toBe(false);
});

test('keys are written as each system writes them', () => {
  expect(formatKey('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(formatKey('Mod+Shift+Z', true)).toBe('⌘⇧Z');
  expect(formatKey('ArrowLeft', false)).toBe('←');
});
