import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Theme = 'light' | 'dark';

/** The colours of the default theme by token, from the style sheet itself. */
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const colors: Record<Theme, Map<string, string>> = { light: new Map(), dark: new Map() };
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /(--loom-[\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
)) {
  colors.light.set(name, light);
  colors.dark.set(name, dark);
}

function color(theme: Theme, name: string): string {
  const value = colors[theme].get(`--loom-${name}`);
  if (!value) throw new Error(`No colour --loom-${name}`);
  return value;
}

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['bg', 'surface', 'surface-sunken', 'surface-raised', 'surface-hover'];
const TEXTS = ['text', 'text-muted', 'text-faint', 'accent-text', 'danger-text', 'warning-text', 'success-text'];
const CODE = ['keyword', 'string', 'number', 'comment', 'function', 'type', 'constant'].map((name) => `code-${name}`);
const STATES = ['idle', 'queued', 'running', 'success', 'error', 'skipped', 'cancelled', 'stale'];
const TYPES = ['any', 'number', 'string', 'bool', 'bytes', 'list', 'dict', 'class', 'stream', 'none'];

function failures(theme: Theme, fronts: readonly string[], backs: readonly string[], least: number): string[] {
  return fronts.flatMap((front) =>
    backs
      .map((back) => ({ back, ratio: contrast(color(theme, front), color(theme, back)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ back, ratio }) => `${front} on ${back}: ${ratio.toFixed(2)}`),
  );
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it('has text of 4.5:1 on every surface', () => {
    expect(failures(theme, TEXTS, SURFACES, 4.5)).toEqual([]);
  });

  it('has text of 4.5:1 on coloured backgrounds', () => {
    const pairs = [
      ['on-accent', 'accent'],
      ['on-accent', 'accent-hover'],
      ['danger-text', 'danger-soft'],
      ['warning-text', 'warning-soft'],
      ['success-text', 'success-soft'],
      ['accent-text', 'accent-soft'],
      ['text', 'surface-selected'],
      ['text-muted', 'surface-selected'],
      ['text', 'selection'],
      ['text', 'surface-active'],
      ['text-muted', 'surface-active'],
    ] as const;
    expect(pairs.flatMap(([front, back]) => failures(theme, [front], [back], 4.5))).toEqual([]);
  });

  it('has code of 4.5:1 on the surface of the editor', () => {
    expect(failures(theme, CODE, ['surface', 'surface-sunken'], 4.5)).toEqual([]);
  });

  it('outlines controls, ports, states and focus with 3:1', () => {
    const names = [
      'border-control',
      'focus',
      'accent',
      'danger',
      'warning',
      'success',
      ...STATES.map((name) => `state-${name}`),
      ...TYPES.map((name) => `type-${name}`),
    ];
    expect(failures(theme, names, ['bg', 'surface', 'surface-sunken'], 3)).toEqual([]);
  });
});
