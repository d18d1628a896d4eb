import { LoomError } from '@loom/graph';
import type { SourceWheel } from './package-sources.js';
import type { ReadAddress } from './read-address.js';

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';

/** A file as an index lists it, whichever format it has. */
interface ListedFile {
  readonly file: string;
  readonly url: string;
  readonly sha256?: string | undefined;
  readonly requiresPython?: string | undefined;
  readonly isYanked: boolean;
}

/**
 * The wheels that an index of packages has of a name, as PEP 503 (HTML) and PEP 691 (JSON) say. None when it does not know the
 * name: other sources may.
 */
export async function wheelsInIndex(
  index: URL,
  name: string,
  readAddress: ReadAddress,
): Promise<readonly SourceWheel[]> {
  const page = new URL(`${encodeURIComponent(name)}/`, withSlash(index));
  let text: string;
  try {
    text = new TextDecoder().decode(await readAddress.read(page, { accept: `${JSON_TYPE}, text/html;q=0.5` }));
  } catch (fault) {
    if (fault instanceof LoomError && fault.context.status === 404) return [];
    throw fault;
  }
  const listed = text.trimStart().startsWith('{') ? listedInJson(text, page) : listedInHtml(text);
  return listed
    .filter(({ file, isYanked }) => /\.whl$/i.test(file) && !isYanked)
    .map(({ file, url, sha256, requiresPython }) => {
      const at = new URL(url, page);
      const candidate = { key: at.href, file, url: at.href, ...(requiresPython ? { requiresPython } : {}) };
      return { candidate, file, sha256, read: () => readAddress.read(at) };
    });
}

function listedInJson(text: string, page: URL): ListedFile[] {
  let parsed: { readonly files?: unknown };
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch (cause) {
    throw new LoomError('python/bad-source', `${page} is no list of files: it is not JSON.`, { cause });
  }
  const files = Array.isArray(parsed.files) ? (parsed.files as Readonly<Record<string, unknown>>[]) : [];
  return files.flatMap((entry) => {
    const { filename: file, url, hashes, yanked, 'requires-python': requiresPython } = entry;
    if (typeof file !== 'string' || typeof url !== 'string') return [];
    const { sha256 } = (hashes ?? {}) as { readonly sha256?: unknown };
    return {
      file,
      url,
      sha256: typeof sha256 === 'string' ? sha256.toLowerCase() : undefined,
      requiresPython: typeof requiresPython === 'string' ? requiresPython : undefined,
      isYanked: yanked !== undefined && yanked !== false,
    };
  });
}

const ANCHOR = /<a\b([^>]*)>([^<]*)<\/a>/gi;
const HASH = /#sha256=([0-9a-f]{64})$/i;

/** Such pages are lists of links and nothing else: a reader of all of HTML would find no more in them. */
function listedInHtml(text: string): ListedFile[] {
  return Array.from(text.matchAll(ANCHOR), ([, attributes = '', label = '']) => {
    const href = attribute(attributes, 'href') ?? '';
    return {
      file: plain(label).trim(),
      url: href.replace(HASH, ''),
      sha256: HASH.exec(href)?.[1]?.toLowerCase(),
      requiresPython: attribute(attributes, 'data-requires-python'),
      isYanked: attribute(attributes, 'data-yanked') !== undefined,
    };
  });
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'))?(?=\\s|$)`, 'i').exec(attributes);
  return found ? plain(found[1] ?? found[2] ?? '') : undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(?:#(\d+)|([a-z]+));/gi, (whole, code?: string, name?: string) =>
    code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (ENTITIES[(name ?? '').toLowerCase()] ?? whole),
  );
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.pathname}/`, url);
}
