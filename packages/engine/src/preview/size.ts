/** Values that are looked into for one estimate; what lies beyond is guessed from these. */
const MAX_VISITS = 2_000;
const MAX_DEPTH = 16;

/** Parts of one container that are looked at, spread over it where it has positions. */
const SAMPLE = 64;

/** What an object, a key or a slot takes before anything is in it. */
const OBJECT = 32;
const SLOT = 8;

/** What something that cannot be looked into counts. */
const UNKNOWN = 64;

/**
 * About how many bytes a value takes. Numbers, texts and typed arrays are exact enough; of containers a sample is
 * measured and taken for the rest, so a huge list costs no more than a small one. Never throws.
 */
export function sizeOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return SLOT;
    case 'string':
      return textSize(value);
    default:
  }
  try {
    return new Estimate().of(value, 0);
  } catch {
    // Getters and proxies do as they like.
    return UNKNOWN;
  }
}

function textSize(text: string): number {
  return OBJECT + 2 * text.length;
}

/** One walk through a value: each object is counted once. */
class Estimate {
  readonly #seen = new Set<object>();
  #visits = MAX_VISITS;

  of(value: unknown, depth: number): number {
    if (typeof value === 'string') return textSize(value);
    if (typeof value === 'bigint') return OBJECT + value.toString(16).length / 2;
    if (typeof value === 'function') return UNKNOWN;
    if (typeof value !== 'object' || value === null) return SLOT;
    if (this.#seen.has(value)) return SLOT;
    this.#seen.add(value);
    if (this.#visits-- <= 0 || depth > MAX_DEPTH) return UNKNOWN;
    if (ArrayBuffer.isView(value)) return UNKNOWN + value.byteLength;
    if (value instanceof Blob) return UNKNOWN;
    if (value instanceof ArrayBuffer) return UNKNOWN + value.byteLength;
    if (Array.isArray(value)) return this.#list(value, depth);
    if (value instanceof Map || value instanceof Set) return this.#sample(value.size, value, depth);
    const keys = Object.keys(value);
    return this.#sample(keys.length, fieldsOf(value, keys), depth);
  }

  #list(items: readonly unknown[], depth: number): number {
    const { length } = items;
    const step = Math.max(1, Math.floor(length / SAMPLE));
    let sum = 0;
    let count = 0;
    for (let place = 0; place < length && count < SAMPLE; place += step) {
      // Small numbers and the like stand in the slot itself.
      const item = items[place];
      if (typeof item !== 'number' && typeof item !== 'boolean') sum += this.of(item, depth + 1);
      count++;
    }
    return OBJECT + SLOT * length + (count === 0 ? 0 : (sum / count) * length);
  }

  /** Of things without positions the first stand for the rest. */
  #sample(size: number, parts: Iterable<unknown>, depth: number): number {
    let sum = 0;
    let count = 0;
    for (const part of parts) {
      if (count === SAMPLE) break;
      sum += SLOT + this.of(part, depth + 1);
      count++;
    }
    return OBJECT + (count === 0 ? 0 : (sum / count) * size);
  }
}

function* fieldsOf(value: object, keys: readonly string[]): Iterable<unknown> {
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of keys) yield fields[key];
}
