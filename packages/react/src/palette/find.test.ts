import { expect, test } from 'vitest';
import { find } from './find.js';

const items = ['Run flow', 'Run from here', 'Align to the right', 'Zoom in'].map((title) => ({
  key: title,
  title,
  detail: '',
  pick: () => undefined,
}));
const titles = (query: string) => find(items, query).map(({ item }) => item.title);

test('each word must be there, and the best comes first', () => {
  expect(titles('run')).toEqual(['Run flow', 'Run from here']);
  expect(titles('here run')).toEqual(['Run from here']);
  expect(titles('ri al')).toEqual(['Align to the right']);
  expect(titles('')).toHaveLength(4);
  expect(titles('nothing of that')).toEqual([]);
});
