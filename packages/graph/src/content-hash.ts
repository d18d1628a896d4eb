/**
 * A 64-bit hash of a text as 16 hexadecimal digits: the same everywhere and for ever, so it can name revisions and
 * cache keys. Not for security.
 *
 * @example
 * ```ts
 * contentHash('a') === contentHash('a'); // true
 * ```
 */
export function contentHash(text: string): string {
  let low = 0x9e3779b9 ^ text.length;
  let high = 0x85ebca6b;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x5bd1e995);
  }
  // Each half takes from the other, so that a change of one character reaches all digits.
  low = scatter(low ^ (high >>> 13));
  high = scatter(high ^ low);
  return hex(high) + hex(low);
}

function scatter(half: number): number {
  let mixed = Math.imul(half ^ (half >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}

function hex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}
