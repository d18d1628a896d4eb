import { LoomError } from '@loom/graph';

type Format = 'deflate' | 'deflate-raw';

/** Makes a text smaller. */
export async function pack(text: string, format: Format): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Takes a packed text apart again. A few bytes can unpack to gigabytes: reading stops at the bound.
 *
 * @throws LoomError `sharing/too-large`, `sharing/broken`
 */
export async function unpack(bytes: Uint8Array<ArrayBuffer>, format: Format, maxBytes: number): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) {
        await reader.cancel();
        throw tooLarge(maxBytes);
      }
      parts.push(value);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await new Blob(parts).arrayBuffer());
  } catch (cause) {
    if (cause instanceof LoomError) throw cause;
    throw new LoomError('sharing/broken', 'The flow inside is damaged: a part of it was lost on the way.', { cause });
  }
}

function tooLarge(maxBytes: number): LoomError {
  const megabytes = Math.round(maxBytes / 1_000_000);
  return new LoomError('sharing/too-large', `What is inside unpacks to more than ${megabytes} MB. It is not opened.`);
}

/** Bytes as text for addresses and pictures. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // Spreading all bytes at once would overflow the stack.
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** @throws LoomError `sharing/broken` */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new LoomError('sharing/broken', 'The flow inside is damaged: a part of it was lost on the way.', { cause });
  }
}
