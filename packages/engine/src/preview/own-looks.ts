import type { Json } from '@loom/graph';
import { base64Of } from '../base64.js';
import { describeThrown } from '../fault.js';
import { MAX_FORM_BYTES, MAX_FORM_TEXT } from './limits.js';

/** By this symbol the notebooks of Deno ask a value how it looks. */
const DISPLAY = Symbol.for('Jupyter.display');

/** The forms that a value has of itself by MIME type, and why some of them are missing. */
export interface OwnLooks {
  readonly data: Readonly<Record<string, Json>>;
  readonly notes: readonly string[];
}

/** What a value says about its looks: by its method `Symbol.for('Jupyter.display')`, or because it begins as an image does. */
export function ownLooks(value: object): OwnLooks | undefined {
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return imageOf(value);
  if (!(DISPLAY in value)) return undefined;
  const display: unknown = value[DISPLAY];
  if (typeof display !== 'function') return undefined;
  const data: Record<string, Json> = {};
  const notes: string[] = [];
  try {
    const bundle: unknown = display.call(value);
    // Whoever waits for a picture would wait for whatever the value waits for.
    if (bundle instanceof Promise) throw new TypeError('it must give its forms at once, not a promise');
    for (const [mime, content] of Object.entries(bundle ?? {})) {
      const form = formOf(mime, content);
      if (typeof form === 'object') data[mime] = form.json;
      else if (form !== undefined) notes.push(`${mime} left out: ${form}`);
    }
  } catch (thrown) {
    notes.push(`Its display failed: ${describeThrown(thrown)}`);
  }
  return { data, notes };
}

/** One form as JSON, or why it is left out; undefined for one that is absent. */
function formOf(mime: string, content: unknown): { readonly json: Json } | string | undefined {
  if (content === undefined || content === null) return undefined;
  if (content instanceof Uint8Array) {
    return content.length > MAX_FORM_BYTES ? tooLarge(content.length, MAX_FORM_BYTES) : { json: base64Of(content) };
  }
  if (mime.endsWith('json')) {
    const text: unknown = JSON.stringify(content);
    if (typeof text !== 'string') return 'it is no JSON';
    return text.length > MAX_FORM_BYTES ? tooLarge(text.length, MAX_FORM_BYTES) : { json: JSON.parse(text) as Json };
  }
  if (typeof content !== 'string') return 'it is neither text nor bytes';
  // Base64 of an image is a third longer than the image.
  const limit = /^(?:image|audio|video)\//.test(mime) ? Math.ceil((MAX_FORM_BYTES * 4) / 3) : MAX_FORM_TEXT;
  return content.length > limit ? tooLarge(content.length, limit) : { json: content };
}

function tooLarge(size: number, limit: number): string {
  return `${size.toLocaleString('en-US')} are more than ${limit.toLocaleString('en-US')}`;
}

/** How files of images begin. */
const IMAGES: readonly (readonly [mime: string, start: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
];

function imageOf(value: Uint8Array | ArrayBuffer): OwnLooks | undefined {
  const bytes = value instanceof Uint8Array ? value : new Uint8Array(value);
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const isWebp = start.startsWith('RIFF') && start.endsWith('WEBP');
  const mime = isWebp ? 'image/webp' : IMAGES.find(([, sign]) => start.startsWith(sign))?.[0];
  if (mime === undefined) return undefined;
  const form = formOf(mime, bytes);
  return typeof form === 'object'
    ? { data: { [mime]: form.json }, notes: [] }
    : { data: {}, notes: [`${mime} left out: ${form}`] };
}
