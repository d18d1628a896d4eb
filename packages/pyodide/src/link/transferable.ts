import type { PortableBuffer } from '@loom/engine';

/** What can be handed over: blobs go along by themselves, and stay with both. */
export function transferable(buffers: readonly PortableBuffer[]): ArrayBuffer[] {
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}

/** A buffer to hand over while its owner keeps his. Blobs cannot change, and keep their names when they are not copied. */
export function ownCopy(buffer: PortableBuffer): PortableBuffer {
  return buffer instanceof Blob ? buffer : buffer.slice(0);
}
