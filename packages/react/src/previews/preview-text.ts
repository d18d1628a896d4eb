import { type Json, LoomError } from '@loom/graph';

/** The text of a MIME type whose data is text. Notebooks also write it as a list of lines. */
export function previewText(mime: string, data: Json): string {
  if (typeof data === 'string') return data;
  if (Array.isArray(data) && data.every((line) => typeof line === 'string')) return data.join('');
  throw new LoomError('preview/not-text', `${mime} should be text.`);
}
