import type { FlowFrame, FlowNode, Position, Size } from '../document.js';
import type { FieldReader } from './fields.js';
import * as field from './fields.js';
import { below } from './path.js';
import { ports } from './port.js';
import { isRecord } from './reading.js';

/** Farther out, a canvas can no longer tell neighbouring pixels apart. */
const farthest = 1e9;

const pointFields = field.fields({ x: field.number(), y: field.number() });

/** A point; a coordinate that cannot be kept is 0. */
export const position: FieldReader<Position> = (value, reading, path, key) => {
  // What was parsed is plain data, and most of it is right: then there is nothing to mend.
  if (reading.owned && isPlainPoint(value)) return value;
  const raw = isRecord(value) ? field.readFields(value, pointFields, reading, below(path, key)) : {};
  const { x, y } = raw;
  if (isNear(x) && isNear(y)) return raw as unknown as Position;
  if (!isRecord(value) || x === undefined || y === undefined) {
    reading.warning(
      'node/wrong-position',
      below(path, key),
      'A position needs finite numbers x and y; 0 is used for what is missing.',
    );
  }
  return { ...raw, x: within(x), y: within(y) };
};

/** Whether this is a point as it should be, with nothing else in it. */
function isPlainPoint(value: unknown): value is Position {
  if (!isRecord(value) || Object.keys(value).length !== 2) return false;
  // JSON that was written again has no -0.
  return isNear(value.x) && isNear(value.y) && !Object.is(value.x, -0) && !Object.is(value.y, -0);
}

function isNear(coordinate: unknown): boolean {
  return typeof coordinate === 'number' && Math.abs(coordinate) <= farthest;
}

function within(coordinate: unknown): number {
  return typeof coordinate === 'number' ? Math.min(Math.max(coordinate, -farthest), farthest) : 0;
}

const sizeFields = field.fields({ width: field.number(0), height: field.number(0) });

export const size: FieldReader<Size> = (value, reading, path, key) => {
  const raw = isRecord(value) ? field.readFields(value, sizeFields, reading, below(path, key)) : {};
  const { width, height } = raw;
  if (width !== undefined && height !== undefined) return raw as unknown as Size;
  return reading.warning(
    'node/wrong-size',
    below(path, key),
    'A size needs numbers width and height; it was left out.',
  );
};

const zone: FieldReader = (value, reading, path, key) => {
  const read = field.object(zoneFields)(value, reading, path, key);
  return read?.kind === undefined ? undefined : read;
};

/** What a kind of zone does not use is kept all the same: another kind may be set again. */
const zoneFields = field.fields({
  kind: field.oneOf('for-each', 'while', 'repeat', 'group'),
  concurrency: field.limit(1),
  limit: field.limit(0),
  onError: field.oneOf('fail', 'collect'),
  results: ports,
  carried: ports,
});

export const settings = field.object(
  field.fields({
    join: field.oneOf('all', 'any', 'first', 'settled'),
    timeoutMs: field.number(0),
    retries: field.integer(0),
    mode: field.oneOf('normal', 'muted', 'bypassed'),
    cache: field.oneOf('default', 'never'),
    breakpoint: field.either('true, false or a condition', 'boolean', 'string'),
    zone,
    eventPolicy: field.oneOf('queue', 'drop', 'latest', 'parallel'),
    streams: field.tableOf(field.oneOf('each', 'latest', 'collect', 'whole')),
    pinned: field.tableOf(field.json),
    cases: field.listOf(field.name),
  }),
);

export const view = field.object(
  field.fields({ collapsed: field.flag, color: field.text, preview: field.flag, previewPort: field.name }),
);

const nodeFields = field.fields({
  type: field.name,
  typeVersion: field.integer(0),
  label: field.text,
  position,
  size,
  parent: field.name,
  inputs: field.tableOf(field.json),
  settings,
  view,
});

export const node: FieldReader<FlowNode> = (value, reading, path, key) => {
  if (!isRecord(value)) {
    return reading.error('node/not-object', below(path, key), `Node "${key}" is no object and was left out.`);
  }
  const inner = below(path, key);
  const read = field.readFields(value, nodeFields, reading, inner);
  if (typeof read.type !== 'string') {
    return reading.error('node/no-type', inner, `Node "${key}" has no type and was left out.`);
  }
  if (read.position === undefined) {
    reading.warning('node/wrong-position', inner, `Node "${key}" has no position and was put at 0, 0.`);
    read.position = { x: 0, y: 0 };
  }
  // The readers above made each field what its type says, and type and position are there.
  return read as unknown as FlowNode;
};

const frameFields = field.fields({
  kind: field.oneOf('frame', 'note'),
  position,
  size,
  title: field.text,
  text: field.text,
  color: field.text,
});

const frameSize: Size = { width: 240, height: 160 };

export const frame: FieldReader<FlowFrame> = (value, reading, path, key) => {
  const inner = below(path, key);
  if (!isRecord(value))
    return reading.error('frame/not-object', inner, `Frame "${key}" is no object and was left out.`);
  const read = field.readFields(value, frameFields, reading, inner);
  if (read.kind === undefined) {
    return reading.error('frame/no-kind', inner, `Frame "${key}" is neither a frame nor a note and was left out.`);
  }
  read.position ??= { x: 0, y: 0 };
  read.size ??= frameSize;
  return read as unknown as FlowFrame;
};
