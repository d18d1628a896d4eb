import { type FlowDocument, type Library, type LoadResult, LoomError, load, save } from '@loom/graph';
import { fromBase64, pack, toBase64, unpack } from './packing.js';

const PARAMETER = 'loom';
/** The first part of what the parameter holds; another one means another way of packing. */
const VERSION = '1';

/** Links longer than this are cut by some programs that pass them on. In characters. */
export const LONG_LINK = 8_000;
/** Links longer than this are refused by servers and proxies, though the fragment never goes to them. In characters. */
export const LONGEST_LINK = 32_000;
const MAX_FLOW_BYTES = 16_000_000;

/** A link that holds a whole flow. */
export interface FlowLink {
  readonly url: string;
  /** `long`: some programs cut it. `too-long`: do not hand it out; a file is the way. */
  readonly size: 'short' | 'long' | 'too-long';
}

/**
 * Makes a link with the whole flow in its fragment, the part after `#` that browsers never send to a server.
 *
 * @param base - The address of a page that opens such links with {@link readFlowLink}.
 * @example
 * ```ts
 * const { url, size } = await createFlowLink(document, location.href);
 * if (size !== 'too-long') await navigator.clipboard.writeText(url);
 * ```
 */
export async function createFlowLink(document: FlowDocument, base: string): Promise<FlowLink> {
  const packed = toBase64(await pack(save(document, { indent: 0 }), 'deflate-raw'));
  const data = packed.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const url = new URL(base);
  url.hash = `${PARAMETER}=${VERSION}.${data}`;
  const { length } = url.href;
  return { url: url.href, size: length > LONGEST_LINK ? 'too-long' : length > LONG_LINK ? 'long' : 'short' };
}

/**
 * Reads the flow that a link holds; undefined when it holds none. Nothing in the flow is run by this.
 *
 * @param address - A whole address, or its fragment.
 * @throws LoomError `sharing/broken`, `sharing/too-large`, `sharing/version`
 * @example
 * ```ts
 * const linked = await readFlowLink(location.hash, { library });
 * const first = linked?.document ?? emptyDocument;
 * ```
 */
export async function readFlowLink(
  address: string,
  options: { readonly library?: Library } = {},
): Promise<LoadResult | undefined> {
  const fragment = address.slice(address.indexOf('#') + 1);
  const held = new URLSearchParams(fragment).get(PARAMETER);
  if (held === null) return undefined;
  if (held.length > LONGEST_LINK) {
    throw new LoomError('sharing/too-large', 'This link is longer than any that is handed out. It is not opened.');
  }
  const [version, data = ''] = held.split('.', 2);
  if (version !== VERSION) {
    throw new LoomError('sharing/version', 'This link was made by a newer release. Open it with that one.');
  }
  const bytes = fromBase64(data.replaceAll('-', '+').replaceAll('_', '/'));
  return load(await unpack(bytes, 'deflate-raw', MAX_FLOW_BYTES), options);
}
