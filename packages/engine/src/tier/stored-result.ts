import { LoomError } from '@loom/graph';
import type { Portable } from '../value.js';
import type { StoredOutput, StoredResult } from './result-tier.js';

/** A UTF-16 unit. What engines really use is less; a bound may well be on the safe side. */
const BYTES_PER_UNIT = 2;

/** About how much room a result takes under its key. */
export function sizeOf(key: string, { outputs }: StoredResult): number {
  let bytes = key.length * BYTES_PER_UNIT;
  for (const [port, output] of Object.entries(outputs)) {
    const { value, ...shown } = output;
    bytes += (port.length + value.head.length + JSON.stringify(shown).length) * BYTES_PER_UNIT;
    for (const buffer of value.buffers) bytes += buffer instanceof Blob ? buffer.size : buffer.byteLength;
  }
  return bytes;
}

/**
 * A result of its own, buffers and all.
 *
 * @throws LoomError `tier/not-storable` when a buffer was transferred away
 */
export function copyOf(result: StoredResult): StoredResult {
  try {
    const copies = Object.entries(result.outputs).map(([port, output]): [string, StoredOutput] => {
      const { head, buffers } = output.value;
      return [port, { ...output, value: { head, buffers: buffers.map((buffer) => buffer.slice(0)) } }];
    });
    return { outputs: Object.fromEntries(copies) };
  } catch (cause) {
    throw notStorable(cause);
  }
}

/** What a value says that cannot be kept. */
export function notStorable(cause: unknown): LoomError {
  return new LoomError('tier/not-storable', 'This result cannot be kept: a buffer of it is gone or shared.', { cause });
}

/** Whether something that was read is a result: storage is shared with whatever else the origin runs. */
export function isStoredResult(value: unknown): value is StoredResult {
  const outputs = (value as Partial<StoredResult> | undefined | null)?.outputs;
  return typeof outputs === 'object' && outputs !== null && Object.values(outputs).every(isStoredOutput);
}

function isStoredOutput(output: Partial<StoredOutput> | undefined | null): boolean {
  return (
    isPortable(output?.value) &&
    typeof output?.typeName === 'string' &&
    typeof output.preview?.data === 'object' &&
    output.preview.data !== null
  );
}

function isPortable(value: Partial<Portable> | undefined | null): boolean {
  const { head, buffers } = value ?? {};
  return typeof head === 'string' && Array.isArray(buffers) && buffers.every(isBuffer);
}

function isBuffer(buffer: unknown): boolean {
  return buffer instanceof ArrayBuffer || buffer instanceof Blob;
}
