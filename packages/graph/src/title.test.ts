import { expect, test } from 'vitest';
import { titleOfName } from './title.js';

test.each([
  ['rows', 'Rows'],
  ['body_mass', 'Body mass'],
  ['bodyMass', 'Body mass'],
  ['toJSON', 'To JSON'],
  ['column2Name', 'Column2 name'],
  ['_private__name', 'Private name'],
  ['Y', 'Y'],
  ['größe', 'Größe'],
  ['_', '_'],
  ['', ''],
  ['🐧s', '🐧s'],
])('%j reads as %j', (name, title) => {
  expect(titleOfName(name)).toBe(title);
});
