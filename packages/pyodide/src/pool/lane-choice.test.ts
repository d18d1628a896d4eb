import { expect, it } from 'vitest';
import { chooseLane, type LaneView, moveTime } from './lane-choice.js';

const lane = (view: Partial<LaneView>): LaneView => ({ waitMs: 0, moveMs: 0, fits: true, ...view });
const busy = Number.POSITIVE_INFINITY;

it.each<[string, readonly LaneView[], boolean, object]>([
  ['the first of equals', [lane({}), lane({})], true, { kind: 'use', lane: 0 }],
  ['the one that has the inputs', [lane({ moveMs: 400 }), lane({})], true, { kind: 'use', lane: 1 }],
  ['the free one when moving is cheap', [lane({ waitMs: 50 }), lane({ moveMs: 4 })], true, { kind: 'use', lane: 1 }],
  ['waiting when moving is dear', [lane({ waitMs: 50 }), lane({ moveMs: 400 })], true, { kind: 'wait', ms: 50 }],
  [
    'the free one when nobody knows how long',
    [lane({ waitMs: busy }), lane({ moveMs: 400 })],
    true,
    { kind: 'use', lane: 1 },
  ],
  ['another one when all are busy', [lane({ waitMs: busy })], true, { kind: 'open' }],
  ['no other one for a short wait', [lane({ waitMs: 3 })], true, { kind: 'wait', ms: 3 }],
  ['waiting when there may be no other one', [lane({ waitMs: busy })], false, { kind: 'wait', ms: busy }],
  [
    'the one where it fits, although it is busy',
    [lane({ waitMs: busy }), lane({ fits: false })],
    true,
    { kind: 'wait', ms: busy },
  ],
  [
    'any where it fits nowhere',
    [lane({ fits: false, moveMs: 9 }), lane({ fits: false })],
    true,
    { kind: 'use', lane: 1 },
  ],
  [
    'none while the inputs cannot be had',
    [lane({ waitMs: busy }), lane({ moveMs: busy })],
    true,
    { kind: 'wait', ms: busy },
  ],
  ['another one when there is none', [], true, { kind: 'open' }],
])('takes %s', (_name, lanes, mayOpen, expected) => {
  expect(chooseLane(lanes, mayOpen)).toEqual(expected);
});

it('moving costs a message, and time by size', () => {
  expect(moveTime(0, 0)).toBe(0);
  expect(moveTime(1, 0)).toBe(3);
  expect(moveTime(2, 20_000_000)).toBe(103);
});
