import { LoomError } from '@loom/graph';
import type { PackageCandidate } from './packages-protocol.js';
import type { ReadAddress } from './read-address.js';

/** A wheel as bytes: a `File` that the user chose, one of a folder, or what an app made. */
export interface PackageFile {
  readonly name: string;
  readonly data: ArrayBuffer | Blob;
}

/** Where packages come from, beside those that lie next to Pyodide itself. Nothing is fetched from anywhere else. */
export interface PackageSources {
  /**
   * Addresses of wheels (`….whl`, with `#sha256=…` to have them checked), and of folders or files in the format of
   * `pyodide-lock.json` that list wheels beside them. In Node also paths.
   */
  readonly urls?: readonly (string | URL)[];
  /**
   * Indexes of packages, by the address of which the name of a package is a part, such as `https://pypi.example.org/simple/`
   * (PEP 503 and 691). They are asked for what no other source has. Wheels of their answers may lie anywhere: name indexes that you
   * trust.
   */
  readonly indexes?: readonly (string | URL)[];
  /** Wheels as files. */
  readonly files?: readonly (PackageFile | File)[];
}

/** A wheel that a source has. */
export interface SourceWheel {
  readonly candidate: PackageCandidate;
  readonly file: string;
  readonly sha256: string | undefined;
  read(): Promise<ArrayBuffer>;
}

/** What is used of `pyodide-lock.json`. */
interface LockFile {
  readonly packages?: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly version: string;
        readonly file_name: string;
        readonly sha256: string;
        readonly depends?: readonly string[];
      }
    >
  >;
}

const LIST = 'pyodide-lock.json';
const HASH = /^#sha256=([0-9a-f]{64})$/i;

/** The wheels of all sources. Lock files are read, wheels are not. */
export async function wheelsOf(sources: PackageSources, readAddress: ReadAddress): Promise<readonly SourceWheel[]> {
  const wheels: SourceWheel[] = [];
  for (const [index, given] of (sources.files ?? []).entries()) {
    const { name: file } = given;
    const content = 'data' in given ? given.data : given;
    const read = async () => (content instanceof ArrayBuffer ? content.slice(0) : content.arrayBuffer());
    wheels.push({ candidate: { key: `file:${index}`, file }, file, sha256: undefined, read });
  }
  for (const given of sources.urls ?? []) {
    const url = readAddress.resolve(given);
    if (/\.whl$/i.test(url.pathname)) wheels.push(wheelAt(url));
    else wheels.push(...(await listedBy(url, readAddress)));
  }
  return wheels;

  function wheelAt(url: URL): SourceWheel {
    const sha256 = HASH.exec(url.hash)?.[1];
    url.hash = '';
    const file = fileOf(url);
    const candidate = { key: url.href, file, url: url.href };
    return { candidate, file, sha256, read: () => readAddress.read(url) };
  }
}

async function listedBy(url: URL, readAddress: ReadAddress): Promise<readonly SourceWheel[]> {
  const isFile = /\.json$/i.test(url.pathname);
  const address = isFile ? url : new URL(LIST, withSlash(url));
  const names = isFile ? undefined : await readAddress.list?.(withSlash(url));
  if (names && !names.includes(LIST)) return inFolder(withSlash(url), names, readAddress);
  const text = new TextDecoder().decode(await readAddress.read(address));
  let lock: LockFile;
  try {
    lock = JSON.parse(text) as LockFile;
  } catch (cause) {
    throw new LoomError('python/bad-source', `${address} is no list of packages: it is not JSON.`, { cause });
  }
  return Object.entries(lock.packages ?? {}).map(([key, entry]) => {
    const { name, version, file_name: file, sha256, depends = [] } = entry;
    const at = new URL(file, address);
    const candidate = { key: `${address.href}#${key}`, name, version, requires: depends, url: at.href };
    return { candidate, file: fileOf(at), sha256, read: () => readAddress.read(at) };
  });
}

/** The wheels of a folder without a list. */
function inFolder(folder: URL, names: readonly string[], readAddress: ReadAddress): readonly SourceWheel[] {
  const files = names.filter((name) => /\.whl$/i.test(name));
  if (files.length === 0) {
    throw new LoomError('python/package-missing', `${folder} has neither wheels nor a ${LIST}.`, {
      context: { url: folder.href },
    });
  }
  return files.map((file) => {
    const at = new URL(encodeURIComponent(file), folder);
    return {
      candidate: { key: at.href, file, url: at.href },
      file,
      sha256: undefined,
      read: () => readAddress.read(at),
    };
  });
}

function fileOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf('/') + 1));
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.pathname}/`, url);
}
