/** Typed arrays that travel as raw buffers. `Uint8Array` is not among them: it is bytes. */
export type PortableArray =
  | Int8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

type ArrayView = PortableArray | Uint8Array;

interface ArrayClass {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): ArrayView;
}

/** The names are those of the array interface of Python: byte order, kind, bytes per element. */
const CLASS_OF: ReadonlyMap<string, ArrayClass> = new Map<string, ArrayClass>([
  ['|i1', Int8Array],
  ['|u1', Uint8Array],
  ['|b1', Uint8Array],
  ['<i2', Int16Array],
  ['<u2', Uint16Array],
  ['<i4', Int32Array],
  ['<u4', Uint32Array],
  ['<f4', Float32Array],
  ['<f8', Float64Array],
  ['<i8', BigInt64Array],
  ['<u8', BigUint64Array],
]);

const DTYPE_OF: Readonly<Record<string, string>> = {
  Int8Array: '|i1',
  Uint8ClampedArray: '|u1',
  Int16Array: '<i2',
  Uint16Array: '<u2',
  Int32Array: '<i4',
  Uint32Array: '<u4',
  Float32Array: '<f4',
  Float64Array: '<f8',
  BigInt64Array: '<i8',
  BigUint64Array: '<u8',
};

/** The dtype of a typed array; undefined for anything else, also for `Uint8Array` and `DataView`. */
export function dtypeOf(value: unknown): string | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  // The tag is right for arrays of other realms too, where `instanceof` is not.
  const name = (value as unknown as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag];
  return name === undefined ? undefined : DTYPE_OF[name];
}

/** The typed array over a whole buffer; undefined when nobody here knows the dtype or the length does not fit. */
export function arrayOver(buffer: ArrayBuffer, dtype: string): ArrayView | undefined {
  const ArrayOf = CLASS_OF.get(dtype);
  if (!ArrayOf || buffer.byteLength % ArrayOf.BYTES_PER_ELEMENT !== 0) return undefined;
  return new ArrayOf(buffer);
}
