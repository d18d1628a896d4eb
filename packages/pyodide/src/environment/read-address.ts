import { LoomError } from '@loom/graph';

export interface ReadOptions {
  /** The media types that are wanted: then a web page may be an answer. */
  readonly accept?: string;
}

/** Reads what lies at an address. */
export interface ReadAddress {
  /** @throws LoomError `python/bad-source` */
  resolve(address: string | URL): URL;
  /**
   * @throws LoomError `python/package-missing` with the address and what is wrong there; `passing` in its context when that may
   * be over soon
   */
  read(url: URL, options?: ReadOptions): Promise<ArrayBuffer>;
  /** The names in a folder, where folders can be looked into. */
  list?(url: URL): Promise<readonly string[] | undefined>;
}

/** Reads by `fetch`, relative to the page. */
export const fetchAddress: ReadAddress = {
  resolve(address) {
    try {
      return new URL(address, globalThis.location?.href);
    } catch (cause) {
      throw new LoomError('python/bad-source', `"${address}" is no address of packages. Use something like /wheels/.`, {
        cause,
      });
    }
  },
  async read(url, { accept } = {}) {
    let response: Response;
    try {
      response = await fetch(url, accept === undefined ? {} : { headers: { accept } });
    } catch (cause) {
      const reason = 'it cannot be fetched (is the server up, and does it allow this page?)';
      throw missing(url, reason, { cause, passing: true });
    }
    const { ok, status } = response;
    if (!ok) throw missing(url, `the server answered ${status}`, { status, passing: PASSING.has(status) });
    // Servers of single-page apps answer so for whatever they do not know.
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    if (isPage && accept === undefined) throw missing(url, 'a web page is in its place');
    try {
      return await response.arrayBuffer();
    } catch (cause) {
      throw missing(url, 'its download broke off', { cause, passing: true });
    }
  },
};

/** Answers of servers that are busy or being restarted. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

interface MissingDetails {
  readonly cause?: unknown;
  readonly status?: number;
  /** Whether it may be there the next time. */
  readonly passing?: boolean;
}

/** Says that a file of a source is not there. */
export function missing(url: URL, reason: string, { cause, ...details }: MissingDetails = {}): LoomError {
  return new LoomError(
    'python/package-missing',
    `${url} could not be read: ${reason}. Put the file there, or correct the sources in the option "packages".`,
    { context: { url: url.href, ...details }, ...(cause === undefined ? {} : { cause }) },
  );
}
