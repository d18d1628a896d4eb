import { expect, it } from 'vitest';
import { Metrics } from './metric.js';

it('[J5] steps are counted for each name, and go on from one that is named', () => {
  const metrics = new Metrics();
  const told = [
    metrics.next('loss', 3),
    metrics.next('rate', 0.1),
    metrics.next('loss', Number.NaN),
    metrics.next('loss', 1, 10),
    metrics.next('loss', 1),
  ];
  expect(told).toEqual([
    { name: 'loss', value: 3, step: 0 },
    { name: 'rate', value: 0.1, step: 0 },
    { name: 'loss', value: null, step: 1 },
    { name: 'loss', value: 1, step: 10 },
    { name: 'loss', value: 1, step: 11 },
  ]);
});

it('[J5] what is no metric is refused', () => {
  const metrics = new Metrics();
  for (const wrong of [
    ['', 1],
    ['x'.repeat(201), 1],
    ['loss', '1'],
    ['loss', 1, Number.POSITIVE_INFINITY],
  ]) {
    const call = () => metrics.next(...(wrong as [string, number, number?]));
    expect(call).toThrow(expect.objectContaining({ code: 'node/bad-metric' }));
  }
  for (let i = 0; i < 100; i++) metrics.next(`m${i}`, i);
  expect(() => metrics.next('more', 1)).toThrow(expect.objectContaining({ code: 'node/bad-metric' }));
});
