import { useState } from 'react';

/**
 * The first of a series of equal records: an object that a parent writes anew at each render counts as the same as long
 * as its values are, told by `isSame`.
 */
export function useStableRecord<T extends object | undefined>(
  record: T,
  isSame: (a: unknown, b: unknown) => boolean = Object.is,
): T {
  const [stable, setStable] = useState(record);
  if (stable === record || isShallowEqual(stable, record, isSame)) return stable;
  // Setting state while rendering is how React derives state from props: it renders again before anything shows.
  setStable(record);
  return record;
}

function isShallowEqual(
  a: object | undefined,
  b: object | undefined,
  isSame: (a: unknown, b: unknown) => boolean,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(right.get(key), value));
}
