import { expect, it } from 'vitest';
import { requiredNames } from './requirements.js';

it('names are read from requirements', () => {
  const requirements = [
    'numpy>=2',
    'scikit-learn[extra] ; python_version > "3"',
    ' a.b_c ',
    'x @ https://example.org/x.whl',
  ];
  expect(requiredNames({ python: { requirements } })).toEqual(['numpy', 'scikit-learn', 'a.b_c', 'x']);
});

it('nothing required is nothing', () => {
  expect(requiredNames({})).toEqual([]);
  expect(requiredNames({ python: {} })).toEqual([]);
});

it.each(['', '>=2', '--index-url=x'])('"%s" is refused', (requirement) => {
  expect(() => requiredNames({ python: { requirements: [requirement] } })).toThrow(
    expect.objectContaining({ code: 'python/requirement-syntax' }),
  );
});
