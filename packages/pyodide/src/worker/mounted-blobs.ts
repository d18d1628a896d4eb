import type { PortableBuffer } from '@loom/engine';
import type { PyodideAPI } from 'pyodide';
import { WorkerFault } from './fault.js';

type FileSystem = PyodideAPI['FS'];

const FOLDER = '/loom/files';

/** Files of the page, each in a folder of its own in Python's file system. What is read of them is read from where they are. */
export class MountedBlobs {
  readonly #fs: FileSystem;
  readonly #blobs = new Map<string, Blob>();
  #count = 0;

  constructor(fs: FileSystem) {
    this.#fs = fs;
  }

  /** The buffers, with the path of each blob in its place. */
  mounted(buffers: readonly PortableBuffer[]): (ArrayBuffer | string)[] {
    return buffers.map((buffer) => (buffer instanceof Blob ? this.#mount(buffer) : buffer));
  }

  blobAt(path: string): Blob {
    const blob = this.#blobs.get(path);
    if (blob) return blob;
    throw new WorkerFault('value/lost', 'The file is gone: run the node that gives it again.');
  }

  /** Takes a file away. Unknown ones are ignored. */
  drop(path: string): void {
    if (!this.#blobs.delete(path)) return;
    const folder = folderOf(path);
    this.#fs.unmount(folder);
    this.#fs.rmdir(folder);
  }

  #mount(blob: Blob): string {
    const folder = `${FOLDER}/${++this.#count}`;
    const name = nameOf(blob);
    this.#fs.mkdirTree(folder);
    this.#fs.mount(this.#fs.filesystems.WORKERFS, { blobs: [{ name, data: blob }] }, folder);
    const path = `${folder}/${name}`;
    this.#blobs.set(path, blob);
    return path;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Packages look at how a name ends, so it is kept where a path can have it. */
function nameOf(blob: Blob): string {
  const { name = '' } = blob as Partial<File>;
  const last = name.slice(name.lastIndexOf('/') + 1).replaceAll('\0', '');
  return last === '' || last === '.' || last === '..' ? 'file' : last;
}
