import { defineNode } from '@loom/engine';
import type { Shelf } from '@loom/graph';
import { contrast, hexOf, readColor } from './color.js';
import { PALETTE, type Palette, readPalette } from './palette-data.js';

const TURNS: Readonly<Record<string, readonly number[]>> = {
  single: [0],
  complement: [0, 180],
  triad: [0, 120, 240],
  neighbours: [-35, 0, 35],
  square: [0, 90, 180, 270],
};

const baseColor = defineNode({
  id: 'palette/base',
  title: 'Base colour',
  description: 'Where the palette begins.',
  category: 'Colours',
  inputs: { color: { type: 'string', title: 'Colour', default: '#4c6ef5', widget: { kind: 'custom', name: 'color' } } },
  outputs: { color: { type: 'string', title: 'Colour' } },
  pure: true,
  run: ({ color }) => ({ color: hexOf(readColor(color)) }),
});

const harmony = defineNode({
  id: 'palette/harmony',
  title: 'Harmony',
  description: 'Colours that lie well beside each other on the wheel.',
  category: 'Colours',
  inputs: {
    color: { type: 'string', title: 'Colour', widget: { kind: 'custom', name: 'color' } },
    kind: {
      type: 'string',
      default: 'neighbours',
      widget: { kind: 'select', options: Object.keys(TURNS).map((value) => ({ value })) },
    },
  },
  outputs: { colors: { type: 'list<string>', title: 'Colours' } },
  pure: true,
  run({ color, kind }) {
    const base = readColor(color);
    return { colors: (TURNS[kind] ?? [0]).map((turn) => hexOf({ ...base, hue: (base.hue + turn + 360) % 360 })) };
  },
});

const shades = defineNode({
  id: 'palette/shades',
  title: 'Shades',
  description: 'From light to dark, in steps that look even.',
  category: 'Colours',
  inputs: {
    colors: { type: 'list<string>', title: 'Colours' },
    steps: { type: 'int', default: 7, widget: { kind: 'slider', min: 3, max: 11, step: 1 } },
  },
  outputs: { palette: 'Palette' },
  pure: true,
  run: ({ colors, steps }) => ({
    palette: showing({
      rows: colors.map((color, index) => ({ name: `c${index + 1}`, shades: shadesOf(color, steps) })),
    }),
  }),
});

const readable = defineNode({
  id: 'palette/readable',
  title: 'Readable text',
  description: 'How well text of each shade reads on white and on black.',
  category: 'Checks',
  inputs: { palette: 'Palette' },
  outputs: { table: { type: 'list<json>', title: 'Table' } },
  pure: true,
  run({ palette }) {
    const rows = readPalette(palette).rows.flatMap(({ name, shades: steps }) =>
      steps.map((shade, index) => ({ shade: `${name}-${index + 1}`, color: shade, ...readableOn(shade) })),
    );
    return { table: rows };
  },
});

const styleSheet = defineNode({
  id: 'palette/css',
  title: 'Style sheet',
  description: 'The palette as custom properties.',
  category: 'Results',
  inputs: { palette: 'Palette', prefix: { type: 'string', default: 'brand' } },
  outputs: { css: { type: 'string', title: 'CSS' } },
  pure: true,
  run({ palette, prefix }) {
    const lines = readPalette(palette).rows.flatMap(({ name, shades: steps }) =>
      steps.map((shade, index) => `  --${prefix}-${name}-${index + 1}: ${shade};`),
    );
    return { css: [':root {', ...lines, '}'].join('\n') };
  },
});

/** The node types of this app. */
export const paletteShelf: Shelf = {
  name: 'palette',
  types: [baseColor, harmony, shades, readable, styleSheet],
};

function shadesOf(color: string, steps: number): readonly string[] {
  const base = readColor(color);
  return Array.from({ length: steps }, (_, index) => {
    const lightness = 0.96 - (index / Math.max(1, steps - 1)) * 0.72;
    // Very light and very dark ones look best when they are paler.
    const chroma = base.chroma * (1 - Math.abs(lightness - 0.62) ** 1.6 * 1.7);
    return hexOf({ ...base, lightness, chroma: Math.max(0.005, chroma) });
  });
}

function readableOn(shade: string): Readonly<Record<string, number | boolean>> {
  const [white, black] = [contrast(shade, '#ffffff'), contrast(shade, '#000000')];
  const round = (ratio: number) => Math.round(ratio * 100) / 100;
  return { 'on white': round(white), 'on black': round(black), readable: Math.max(white, black) >= 4.5 };
}

/** A palette that says how it looks, as notebooks ask it. It is plain data to everything else. */
function showing(palette: Palette): Palette {
  return { ...palette, [Symbol.for('Jupyter.display')]: () => ({ [PALETTE]: palette }) };
}
