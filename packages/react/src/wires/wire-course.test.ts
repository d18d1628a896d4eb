import { expect, test } from 'vitest';
import { courseBox, nearestOnCourse, wireCourse, wirePath } from './wire-course.js';

const from = { x: 0, y: 0 };
const to = { x: 200, y: 100 };

test('a wire leaves and arrives level', () => {
  expect(wirePath(wireCourse(from, to))).toBe('M0,0 C100,0 100,100 200,100');
  const [back] = wireCourse(to, from);
  expect([back?.leave.y, back?.arrive.y]).toEqual([100, 0]);
  expect(back?.leave.x).toBeGreaterThan(200);
  expect(back?.arrive.x).toBeLessThan(0);
});

test('a wire passes each point that it is led through, without a bend there', () => {
  const via = [
    { x: 50, y: 200 },
    { x: 120, y: -80 },
  ];
  const course = wireCourse(from, to, via);
  expect(course.map((piece) => piece.to)).toEqual([...via, to]);
  for (const at of [0, 1]) {
    const [stop, arrive, leave] = [course[at]?.to, course[at]?.arrive, course[at + 1]?.leave];
    if (!stop || !arrive || !leave) throw new Error('The course is too short.');
    const [before, after] = [
      { x: stop.x - arrive.x, y: stop.y - arrive.y },
      { x: leave.x - stop.x, y: leave.y - stop.y },
    ];
    expect(before.x * after.y - before.y * after.x).toBeCloseTo(0);
    expect(before.x * after.x + before.y * after.y).toBeGreaterThan(0);
  }
});

test('a wire into a zone runs level from its side, if it comes from before it', () => {
  const course = wireCourse(from, to, [], 80);
  expect(course.map((piece) => piece.to)).toEqual([{ x: 112, y: 100 }, to]);
  expect(courseBox(course.slice(1))).toEqual({ x: 112, y: 100, width: 88, height: 0 });
  expect(wireCourse(from, to, [], 195)).toEqual(wireCourse(from, to));
  const via = [{ x: 50, y: 200 }];
  expect(wireCourse(from, to, via, 80)).toEqual(wireCourse(from, to, via));
});

test('nearness counts from the curve, and tells the piece', () => {
  const course = wireCourse(from, { x: 200, y: 0 }, [{ x: 100, y: 0 }]);
  expect(nearestOnCourse(course, { x: 40, y: 7 })).toEqual({ distance: expect.closeTo(7), piece: 0 });
  expect(nearestOnCourse(course, { x: 160, y: -3 })).toEqual({ distance: expect.closeTo(3), piece: 1 });
  expect(courseBox(course)).toEqual({ x: 0, y: 0, width: 200, height: 0 });
});
