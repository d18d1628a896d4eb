import { LoomError } from '@loom/graph';
import { pack, unpack } from './packing.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const KEYWORD = 'loom-flow';
/** Length, type and check sum of a chunk, in bytes. */
const FRAME = 12;
const MAX_FLOW_BYTES = 64_000_000;

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether these are the bytes of a PNG picture. */
export function isPng(bytes: Bytes): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** The picture with a flow inside, in a chunk that programs which show pictures pass by. */
export async function withFlowInPng(picture: Bytes, flow: string): Promise<Blob> {
  // After the keyword: packed, by the only method there is, in no language, without a translated keyword.
  const head = [...new TextEncoder().encode(`iTXt${KEYWORD}`), 0, 1, 0, 0, 0];
  const packed = await pack(flow, 'deflate');
  const content = new Uint8Array(head.length + packed.length);
  content.set(head);
  content.set(packed, head.length);
  const frame = new Uint8Array(content.length + 8);
  const view = new DataView(frame.buffer);
  view.setUint32(0, content.length - 4);
  frame.set(content, 4);
  view.setUint32(content.length + 4, checkSum(content));
  // After the header, which has to come first.
  const header = SIGNATURE.length + FRAME + 13;
  return new Blob([picture.slice(0, header), frame, picture.slice(header)], { type: 'image/png' });
}

/**
 * The text of the flow in a picture; undefined where there is none.
 *
 * @throws LoomError `sharing/broken`, `sharing/too-large`
 */
export async function flowInPng(bytes: Bytes): Promise<string | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + FRAME <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (end + 4 > bytes.length) {
      if (type === 'iTXt' && keywordOf(bytes.subarray(at + 8)) === KEYWORD) throw damaged();
      break;
    }
    const text = type === 'iTXt' ? await readText(bytes.slice(at + 8, end)) : undefined;
    if (text !== undefined) return text;
    at = end + 4;
  }
  return undefined;
}

/** Keyword, flag and method of packing, language, translated keyword, text: all but the two bytes end with a zero. */
async function readText(chunk: Bytes): Promise<string | undefined> {
  if (keywordOf(chunk) !== KEYWORD) return undefined;
  const keyword = chunk.indexOf(0);
  const language = chunk.indexOf(0, keyword + 3);
  const translated = language === -1 ? -1 : chunk.indexOf(0, language + 1);
  if (translated === -1) throw damaged();
  const text = chunk.slice(translated + 1);
  return chunk[keyword + 1] === 1 ? unpack(text, 'deflate', MAX_FLOW_BYTES) : new TextDecoder().decode(text);
}

function keywordOf(chunk: Bytes): string {
  return new TextDecoder('latin1').decode(chunk.subarray(0, chunk.indexOf(0)));
}

function damaged(): LoomError {
  return new LoomError(
    'sharing/broken',
    'The flow in this picture is damaged: a part of the file was lost on the way.',
  );
}

/** CRC-32, as every chunk of a PNG ends with. */
function checkSum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
