import { fromBase64, toBase64 } from './packing.js';

const ELEMENT = 'loom-flow';

/** The element that holds a flow in a drawing. Base64, because XML cannot say every character that JSON can. */
export function flowMetadata(flow: string): string {
  return `<metadata id="${ELEMENT}">${toBase64(new TextEncoder().encode(flow))}</metadata>`;
}

/**
 * The text of the flow in a drawing; undefined where there is none. The drawing is not parsed as a page, so nothing in it
 * can do anything.
 *
 * @throws LoomError `sharing/broken`
 */
export function flowInSvg(drawing: string): string | undefined {
  const held = new RegExp(`<metadata id="${ELEMENT}">([^<]*)</metadata>`).exec(drawing)?.[1];
  return held === undefined ? undefined : new TextDecoder().decode(fromBase64(held.trim()));
}
