import type { PortableBuffer } from '@loom/engine';

/** Whether there is something that a worker could not read when Python asks for it: its code cannot wait. */
export function needsReading(buffers: readonly PortableBuffer[]): boolean {
  // Where pages have no reader, as in Node, workers have none that answers at once.
  return typeof FileReader === 'undefined' && buffers.some((buffer) => buffer instanceof Blob);
}

/** Buffers as a worker takes them: blobs as they are where it can read them in parts, else what is in them. */
export async function readBlobs(buffers: readonly PortableBuffer[]): Promise<readonly PortableBuffer[]> {
  if (!needsReading(buffers)) return buffers;
  return Promise.all(buffers.map((buffer) => (buffer instanceof Blob ? buffer.arrayBuffer() : buffer)));
}
