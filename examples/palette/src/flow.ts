import { emptyDocument, type FlowDocument } from '@loom/graph';

/** What the app opens with. It runs by itself after an edit, and never because it was opened. */
export const startFlow: FlowDocument = {
  ...emptyDocument,
  title: 'Palette',
  nodes: {
    base: { type: 'palette/base', position: { x: 0, y: 60 }, inputs: { color: '#4c6ef5' } },
    harmony: { type: 'palette/harmony', position: { x: 290, y: 60 } },
    shades: { type: 'palette/shades', position: { x: 580, y: 0 }, size: { width: 320, height: 262 } },
    readable: { type: 'palette/readable', position: { x: 970, y: -140 } },
    css: { type: 'palette/css', position: { x: 970, y: 170 } },
  },
  edges: {
    'base-harmony': { source: 'base', sourcePort: 'color', target: 'harmony', targetPort: 'color' },
    'harmony-shades': { source: 'harmony', sourcePort: 'colors', target: 'shades', targetPort: 'colors' },
    'shades-readable': { source: 'shades', sourcePort: 'palette', target: 'readable', targetPort: 'palette' },
    'shades-css': { source: 'shades', sourcePort: 'palette', target: 'css', targetPort: 'palette' },
  },
  settings: { mode: 'auto' },
};
