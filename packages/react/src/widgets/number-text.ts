/** What a number field allows. */
export interface NumberLimits {
  readonly integer: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Why a text is not a number that the field takes. */
export type NumberProblem =
  | 'not-a-number'
  | 'decimal-comma'
  | 'not-finite'
  | 'not-an-integer'
  | 'not-exact'
  | 'too-small'
  | 'too-large';

export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: NumberProblem };

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
const PREFIXED = /^([+-]?)(0x[\da-f]+|0b[01]+|0o[0-7]+)$/;
/** Between digits people write `1_000_000` as in Python, or spaces in groups of three. */
const UNDERSCORES = /(?<=\d)_(?=\d)/g;
const GROUP_SPACES = /(?<=\d)[ \u00a0\u202f\u2009](?=\d{3}(?!\d))/g;

/**
 * Reads a number as a person writes it: `12`, `-0.5`, `.5`, `5.`, `1e3`, `1_000`, `1 000 000`, `0xff`, a typographic
 * minus. A comma is refused rather than guessed: `1,234` means two things.
 *
 * @example
 * ```ts
 * parseNumber('1e3', { integer: true }); // { ok: true, value: 1000 }
 * parseNumber('1.5', { integer: true }); // { ok: false, problem: 'not-an-integer' }
 * ```
 */
export function parseNumber(text: string, limits: NumberLimits): ParsedNumber {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^[\u2212\u2013]/, '-')
    .replace(UNDERSCORES, '')
    .replace(GROUP_SPACES, '');
  if (/^[+-]?(inf(inity)?|nan)$/.test(plain)) return { ok: false, problem: 'not-finite' };
  if (/^[+-]?\d*,\d+$/.test(plain)) return { ok: false, problem: 'decimal-comma' };
  const prefixed = PREFIXED.exec(plain);
  if (!prefixed && !DECIMAL.test(plain)) return { ok: false, problem: 'not-a-number' };
  const value = prefixed ? Number(prefixed[2]) * (prefixed[1] === '-' ? -1 : 1) : Number(plain);
  // `-0` would be written as `0` into the file anyway.
  return check(value === 0 ? 0 : value, limits);
}

function check(value: number, { integer, min, max }: NumberLimits): ParsedNumber {
  if (!Number.isFinite(value)) return { ok: false, problem: 'not-finite' };
  if (integer && !Number.isInteger(value)) return { ok: false, problem: 'not-an-integer' };
  if (integer && !Number.isSafeInteger(value)) return { ok: false, problem: 'not-exact' };
  if (min !== undefined && value < min) return { ok: false, problem: 'too-small' };
  if (max !== undefined && value > max) return { ok: false, problem: 'too-large' };
  return { ok: true, value };
}

/** One step up or down, without the noise of binary fractions: 0.1 + 0.2 is 0.3. Stays within the limits. */
export function stepNumber(from: number, delta: number, { integer, min, max }: NumberLimits): number {
  const decimals = Math.max(decimalsOf(from), decimalsOf(delta));
  const sum = Number((from + delta).toFixed(Math.min(decimals, 20)));
  const rounded = integer ? Math.round(sum) : sum;
  return Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, rounded));
}

function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}
