/** What is in a wheel that a test makes. */
export interface WheelContents {
  readonly name: string;
  readonly version?: string;
  /** By path. @default one module with a `VERSION` */
  readonly files?: Readonly<Record<string, string>>;
  readonly requires?: readonly string[];
}

export interface WheelFile {
  readonly name: string;
  readonly data: ArrayBuffer;
  readonly sha256: string;
}

/** Makes a wheel as bytes. */
export async function wheelFile({ name, version = '1.0', files, requires = [] }: WheelContents): Promise<WheelFile> {
  const module = name.replaceAll('-', '_');
  const info = `${module}-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
  ];
  const contents: Record<string, string> = {
    ...(files ?? { [`${module}.py`]: `VERSION = "${version}"\n` }),
    [`${info}/METADATA`]: `${metadata.join('\n')}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const record: string[] = [];
  for (const [path, text] of Object.entries(contents)) {
    const digest = btoa(String.fromCharCode(...(await sha256(encoded(text)))));
    record.push(`${path},sha256=${digest.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')},${text.length}`);
  }
  contents[`${info}/RECORD`] = `${record.join('\n')}\n${info}/RECORD,,\n`;
  const data = zip(contents);
  const hex = Array.from(await sha256(new Uint8Array(data)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name: `${module}-${version}-py3-none-any.whl`, data, sha256: hex };
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** A zip archive in which nothing is compressed. */
function zip(files: Readonly<Record<string, string>>): ArrayBuffer {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = encoded(path);
    const data = encoded(text);
    // Version, flags, method, time and date, then what the data is.
    const shared = [...word(20), ...word(0), ...word(0), ...word(0), ...word(0x21), ...long(crc32(data))];
    shared.push(...long(data.length), ...long(data.length), ...word(name.length), ...word(0));
    const local = new Uint8Array([...long(0x04034b50), ...shared, ...name, ...data]);
    const central = [...long(0x02014b50), ...word(20), ...shared, ...word(0), ...word(0), ...word(0), ...long(0)];
    directory.push(new Uint8Array([...central, ...long(offset), ...name]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = word(directory.length);
  const end = [
    ...long(0x06054b50),
    ...word(0),
    ...word(0),
    ...count,
    ...count,
    ...long(size),
    ...long(offset),
    ...word(0),
  ];
  const whole = new Uint8Array(offset + size + end.length);
  let place = 0;
  for (const part of [...parts, ...directory, new Uint8Array(end)]) {
    whole.set(part, place);
    place += part.length;
  }
  return whole.buffer;
}

function word(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function long(value: number): number[] {
  return [...word(value), ...word(value >>> 16)];
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
