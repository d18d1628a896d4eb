/** 64 bits as two numbers. */
export interface Lanes {
  readonly high: number;
  readonly low: number;
}

/**
 * Hashes numbers and texts in the order in which they come, into two lanes of 32 bits that mix with constants of their own.
 * The same everywhere and for ever, as keys of kept results must be; not for security. An object that is used again and
 * again, because a flow has many nodes.
 */
export class KeyHash {
  high = 0;
  low = 0;

  start(): void {
    this.high = 0x2545f491;
    this.low = 0x9e3779b9 | 0;
  }

  number(value: number): void {
    let part = Math.imul(value, 0xcc9e2d51);
    part = Math.imul((part << 15) | (part >>> 17), 0x1b873593);
    const low = this.low ^ part;
    this.low = (Math.imul((low << 13) | (low >>> 19), 5) + 0xe6546b64) | 0;
    part = Math.imul(value ^ 0x5bd1e995, 0x239b961b);
    part = Math.imul((part << 17) | (part >>> 15), 0x38b34ae5);
    const high = this.high ^ part;
    this.high = (Math.imul((high << 11) | (high >>> 21), 9) + 0x96cd1c35) | 0;
  }

  text(text: string): void {
    this.number(text.length);
    for (let i = 0; i < text.length; i++) this.number(text.charCodeAt(i));
  }

  lanes({ high, low }: Lanes): void {
    this.number(high);
    this.number(low);
  }

  /** Makes each bit depend on all that came. */
  finish(): void {
    const low = scatter(this.low ^ Math.imul(this.high, 0x85ebca6b));
    this.high = scatter(this.high ^ Math.imul(low, 0xc2b2ae35));
    this.low = low;
  }
}

/** The lanes of one text. */
export function lanesOf(text: string): Lanes {
  const hash = new KeyHash();
  hash.start();
  hash.text(text);
  hash.finish();
  return { high: hash.high, low: hash.low };
}

/** 16 hexadecimal digits. */
export function keyText(high: number, low: number): string {
  return hex(high) + hex(low);
}

function scatter(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
