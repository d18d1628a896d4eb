import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Span, SpanRing } from './span-ring.js';

it('holds what a list would hold', () => {
  const step = fc.oneof({ weight: 3, arbitrary: fc.constant('push') }, { weight: 1, arbitrary: fc.constant('drop') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600, size: 'max' }), (steps) => {
      const ring = new SpanRing();
      const list: Span[] = [];
      steps.forEach((kind, i) => {
        if (kind === 'drop' && list.length > 0) {
          ring.dropOldest();
          list.shift();
          return;
        }
        const frame = i % 3 === 0 ? undefined : [{ node: 'zone', index: i }];
        const waitedMs = i % 2 === 0 ? Number.NaN : 0.5 * i;
        const span = { node: i, isFrame: i % 5 === 0, state: i % 7, start: i + 0.1, end: i + 0.2, waitedMs, frame };
        ring.push(span);
        list.push(span);
      });
      expect(Array.from({ length: ring.size }, (_, place) => ring.at(place))).toEqual(list);
    }),
  );
});
