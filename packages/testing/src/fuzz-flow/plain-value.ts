/** Longer values become a text of their sum, so that what flows never grows. */
const LONGEST = 48;

/** A value as functions of fuzz flows see it: short, and without texts that no rule lays down. */
export function plainValue(value: unknown): unknown {
  const plain = withoutTexts(value);
  const text = JSON.stringify(plain) ?? 'absent';
  return text.length <= LONGEST ? plain : `#${checksum(text)}`;
}

/** Any value as a small whole number. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return Math.trunc(value) % 1000;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => (sum + numberOf(item)) % 1000, value.length);
  return 0;
}

function withoutTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  const { message: _message, code: _code, ...rest } = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, withoutTexts(part)]));
}

function checksum(text: string): number {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
