import { LoomError } from '@loom/graph';

/** Reads what lies at an address. */
export interface ReadAddress {
  /** @throws LoomError `python/bad-source` */
  resolve(address: string | URL): URL;
  /** @throws LoomError `python/package-missing` with the address and what is wrong there */
  read(url: URL): Promise<ArrayBuffer>;
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
  async read(url) {
    let response: Response;
    try {
      response = await fetch(url);
    } catch (cause) {
      throw missing(url, 'it cannot be fetched (is the server up, and does it allow this page?)', cause);
    }
    if (!response.ok) throw missing(url, `the server answered ${response.status}`);
    // Servers of single-page apps answer so for whatever they do not know.
    if (response.headers.get('content-type')?.startsWith('text/html')) throw missing(url, 'a web page is in its place');
    try {
      return await response.arrayBuffer();
    } catch (cause) {
      throw missing(url, 'its download broke off', cause);
    }
  },
};

/** Says that a file of a source is not there. */
export function missing(url: URL, reason: string, cause?: unknown): LoomError {
  return new LoomError(
    'python/package-missing',
    `${url} could not be read: ${reason}. Put the file there, or correct the sources in the option "packages".`,
    { context: { url: url.href }, ...(cause === undefined ? {} : { cause }) },
  );
}
