import type { Json } from '@loom/graph';
import type { PreviewRequest } from '../executor.js';
import { describeThrown } from '../fault.js';
import type { OutputSummary, Preview } from '../value.js';
import { className, isStream, sizeText, typeName } from './describe.js';
import { GALLERY, galleryOf } from './gallery.js';
import { MAX_ASKED_TEXT, MAX_BYTES, MAX_TEXT } from './limits.js';
import { ownLooks } from './own-looks.js';
import { cutText, scalarJson } from './scalar.js';
import { sizeOf } from './size.js';
import { isTable, itemsPage, pageBounds, tablePage } from './table.js';
import { otherText, treeOf } from './tree.js';

const TABLE = 'application/vnd.loom.table+json';
const TREE = 'application/vnd.loom.tree+json';
const FILE = 'application/vnd.loom.file+json';

/** What is shown of items that come over time. */
const STREAM = 'stream';

/** What an output says of its value, apart from where the value is. */
export type ValueSummary = Omit<OutputSummary, 'ref'>;

/** Describes a JavaScript value within bounds. Never throws, whatever getters and proxies do. */
export function summarize(value: unknown): ValueSummary {
  // Numbers, flags and short texts are most of what flows carry, and need no looking into.
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return {
        typeName: typeof value,
        preview: { data: { 'text/plain': String(value) }, truncated: false },
        bytes: sizeOf(value),
      };
    default:
  }
  // Looking into it would use its items up.
  if (isStream(value)) return { typeName: typeName(value), preview: textPreview(STREAM, false), isStream: true };
  try {
    const preview = looksOf(value);
    const shape = shapeText(value);
    const bytes = sizeOf(value);
    const name = typeName(value);
    return shape === undefined ? { typeName: name, preview, bytes } : { typeName: name, shape, preview, bytes };
  } catch (thrown) {
    return { typeName: 'object', preview: unshowable(thrown) };
  }
}

/** A picture of a value, or of the part that is asked for. Never throws. */
export function previewValue(value: unknown, request?: PreviewRequest): Preview {
  try {
    return request === undefined ? looksOf(value) : previewOf(value, request);
  } catch (thrown) {
    return unshowable(thrown);
  }
}

/** The forms that a value has of itself, and beside them those that every value has. */
function looksOf(value: unknown): Preview {
  const { data, truncated } = previewOf(value);
  const gallery = Array.isArray(value)
    ? galleryOf(value, (item) => previewOf(item).data['text/plain'] ?? '')
    : undefined;
  if (gallery !== undefined) return { data: { [GALLERY]: gallery, ...data }, truncated };
  const own = typeof value === 'object' && value !== null && !isStream(value) ? ownLooks(value) : undefined;
  if (own === undefined) return { data, truncated };
  const text = own.data['text/plain'] ?? data['text/plain'];
  const plain = [text, ...own.notes.map((note) => `(${note})`)].join('\n');
  const isWhole = Object.keys(own.data).length > 0 || !truncated;
  return { data: { ...own.data, ...data, 'text/plain': plain }, truncated: own.notes.length > 0 || !isWhole };
}

function previewOf(value: unknown, request: PreviewRequest = {}): Preview {
  if (isStream(value)) return textPreview(STREAM, false);
  if (typeof value === 'string') {
    const { offset } = pageBounds(request, value.length);
    const asked = Math.min(request.limit ?? MAX_TEXT, MAX_ASKED_TEXT);
    const text = value.slice(offset, offset + Math.max(asked, MAX_TEXT));
    return textPreview(text, text.length < value.length);
  }
  const scalar = scalarJson(value);
  if (scalar !== undefined) return textPreview(String(scalar), false);
  if (isTable(value)) {
    const page = tablePage(value, request);
    const text = `${page.total} rows: ${page.columns.map((column) => column.name).join(', ')}`;
    return {
      data: { [TABLE]: page as unknown as Json, 'text/plain': cutText(text, MAX_TEXT) },
      truncated: page.rows.length < page.total,
    };
  }
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) return bytesPreview(value);
  if (value instanceof Blob) return filePreview(value);
  const part = partOf(value, request);
  const { json, truncated } = treeOf(part);
  const name = className(value as object);
  const text = `${name === 'object' || name === 'Array' ? '' : `${name} `}${JSON.stringify(json, (_, part: Json) => otherText(part) ?? part)}`;
  const page = itemsPage(value, request);
  const items = page === undefined ? {} : { [TABLE]: page as unknown as Json };
  const data = { [TREE]: json, ...items, 'text/plain': cutText(text, MAX_TEXT) };
  return { data, truncated: truncated || part !== value };
}

/** The items of a list that are asked for; everything else is shown from its beginning. */
function partOf(value: unknown, request: PreviewRequest): unknown {
  if (request.offset === undefined && request.limit === undefined) return value;
  if (!Array.isArray(value)) return value;
  const { offset, limit } = pageBounds(request, value.length);
  return offset === 0 && limit >= value.length ? value : value.slice(offset, offset + limit);
}

function bytesPreview(value: ArrayBuffer | Uint8Array): Preview {
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  const shown = bytes.subarray(0, MAX_BYTES);
  const text = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return textPreview(shown.length < bytes.length ? `${text} …` : text, shown.length < bytes.length);
}

/** What is in a file can only be read later. */
function filePreview(value: Blob): Preview {
  const { name = '' } = value as Partial<File>;
  const { type, size } = value;
  return {
    data: { [FILE]: { name, type, size }, 'text/plain': `${name} (${sizeText(value)})`.trim() },
    truncated: false,
  };
}

function textPreview(text: string, truncated: boolean): Preview {
  return { data: { 'text/plain': text }, truncated };
}

function unshowable(thrown: unknown): Preview {
  return textPreview(`This value cannot be shown. ${cutText(describeThrown(thrown), 500)}`, true);
}

function shapeText(value: unknown): string | undefined {
  if (!isTable(value)) return sizeText(value);
  const { columns, total } = tablePage(value, { limit: 0 });
  return `${total} × ${columns.length}`;
}
