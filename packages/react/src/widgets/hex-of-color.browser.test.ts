import { expect, test } from 'vitest';
import { hexOfColor } from './hex-of-color.js';

test.each([
  ['rebeccapurple', '#663399'],
  ['#1c8046', '#1c8046'],
  ['hsl(120 100% 25%)', '#008000'],
  ['rgb(255 0 0 / 100%)', '#ff0000'],
])('%s is %s', (color, hex) => expect(hexOfColor(color)).toBe(hex));

test.each(['', 'no colour', 'var(--loom-accent)'])('%s is none', (text) => expect(hexOfColor(text)).toBeUndefined());
