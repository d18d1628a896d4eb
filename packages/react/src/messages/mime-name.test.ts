import { expect, it } from 'vitest';
import { mimeName } from './mime-name.js';

it.each([
  ['application/vnd.vegalite.v5+json', 'Vegalite'],
  ['application/vnd.plotly.v1+json', 'Plotly'],
  ['application/vnd.story.bars+json', 'Story bars'],
  ['chemical/x-mol', 'MOL'],
  ['image/webp', 'WEBP'],
  ['text/latex', 'Latex'],
  ['strange', 'Strange'],
  ['strange/', 'strange/'],
])('%s is called %s', (mime, name) => {
  expect(mimeName(mime)).toBe(name);
});
