import { type Json, LoomError } from '@loom/graph';
import { previewText } from './preview-text.js';

/** Types whose data is text; all others are base64. */
export function isTextual(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'image/svg+xml' || mime.endsWith('json');
}

/**
 * The file that a form of a value is.
 *
 * @throws LoomError `preview/not-base64`
 */
export function previewFile(mime: string, data: Json): Blob {
  if (isTextual(mime)) {
    const text = mime.endsWith('json') ? JSON.stringify(data, null, 2) : previewText(mime, data);
    return new Blob([text], { type: mime });
  }
  const packed = previewText(mime, data).replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw notBase64(mime);
  try {
    return new Blob([Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))], { type: mime });
  } catch {
    throw notBase64(mime);
  }
}

function notBase64(mime: string): LoomError {
  return new LoomError('preview/not-base64', `${mime} should be base64.`);
}

const ENDINGS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/markdown': 'md',
  'image/svg+xml': 'svg',
  'image/jpeg': 'jpg',
  'audio/mpeg': 'mp3',
  'audio/x-wav': 'wav',
  'application/octet-stream': 'bin',
};

/** How the name of a file of a type ends. */
export function fileEnding(mime: string): string {
  const known = ENDINGS[mime];
  if (known !== undefined) return known;
  if (mime.endsWith('json')) return 'json';
  return /^[\w-]+\/(?:x-)?([a-z0-9]{1,8})$/.exec(mime)?.[1] ?? 'bin';
}
