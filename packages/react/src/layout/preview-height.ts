import type { Preview } from '@loom/engine';
import type { Json } from '@loom/graph';
import { FILE_MIME, isFile } from '../previews/choose-preview.js';
import { DEFAULT_WIDTH } from './node-geometry.js';

const LINE = 36;
const TEXT = 72;
const PICTURE = 176;
const LOWEST_PICTURE = 40;
const HIGHEST_PICTURE = 240;

/** The player of the browser, and the line that stands for a file. */
const SOUND = 72;
const FILE = 56;

/** What a tree begins with, and then each of its parts. A node shows four of them. */
const TREE_FRAME = 32;
const TREE_ROW = 20;
const TREE_ROWS = 4;

/** Names of columns and the count below; then each row. A node shows five of them. */
const TABLE_FRAME = 50;
const TABLE_ROW = 20;
const TABLE_ROWS = 5;

/** Text up to this length fits on one line of a node. */
const LINE_CHARACTERS = 32;

/** The first bytes of a PNG picture in base64: its signature, and a header with its measures. */
const PNG_HEAD = /^iVBORw0KGgo[A-Za-z0-9+/]{21}/;
/** What is left free around a picture, on both sides together. */
const PAPER = 16;

/** The measures of a drawing stand in its first tag. */
const SVG_HEAD = 1000;

/** How high the preview of a value is on a node that nobody has given a size, in flow units. */
export function previewHeight(preview: Preview | undefined): number {
  if (preview === undefined) return 0;
  const [mime] = Object.keys(preview.data);
  if (mime === undefined) return 0;
  const form = preview.data[mime];
  if (mime === 'application/vnd.loom.table+json') return tableHeight(form);
  if (mime === 'image/svg+xml') return drawingHeight(form);
  if (mime === 'image/png') return pictureHeight(form);
  if (mime.startsWith('image/') || mime === 'text/html') return PICTURE;
  if (mime === 'text/plain') {
    return typeof form === 'string' && form.length <= LINE_CHARACTERS && !form.includes('\n') ? LINE : TEXT;
  }
  if (mime === 'application/vnd.loom.tree+json' || mime === 'application/json') return treeHeight(form);
  if (mime.startsWith('audio/')) return SOUND;
  return isFile(mime) || mime === FILE_MIME ? FILE : PICTURE;
}

function treeHeight(form: Json | undefined): number {
  const parts = typeof form === 'object' && form !== null ? Object.keys(form).length : 0;
  return TREE_FRAME + TREE_ROW * Math.min(parts, TREE_ROWS);
}

function tableHeight(page: Json | undefined): number {
  const rows = typeof page === 'object' && page !== null && 'rows' in page && Array.isArray(page.rows) ? page.rows : [];
  return TABLE_FRAME + TABLE_ROW * Math.min(rows.length, TABLE_ROWS);
}

/** As high as a PNG picture is where it is not wider than a node, with the paper around it. */
function pictureHeight(packed: Json | undefined): number {
  const head = typeof packed === 'string' ? PNG_HEAD.exec(packed)?.[0] : undefined;
  if (head === undefined) return PICTURE;
  const bytes = Uint8Array.from(atob(head), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width === 0) return PICTURE;
  const drawn = Math.round(height * Math.min(1, (DEFAULT_WIDTH - PAPER) / width)) + PAPER;
  return Math.min(Math.max(drawn, LOWEST_PICTURE), HIGHEST_PICTURE);
}

/** As high as a drawing is at the width of a node. */
function drawingHeight(text: Json | undefined): number {
  const head = typeof text === 'string' ? (/<svg\b[^>]*>/.exec(text.slice(0, SVG_HEAD))?.[0] ?? '') : '';
  const box = /\bviewBox\s*=\s*["']\s*\S+[\s,]+\S+?[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(head);
  const width = Number(box?.[1] ?? /\bwidth\s*=\s*["']([\d.]+)/.exec(head)?.[1]);
  const height = Number(box?.[2] ?? /\bheight\s*=\s*["']([\d.]+)/.exec(head)?.[1]);
  if (!(width > 0 && height > 0)) return PICTURE;
  return Math.min(Math.max(Math.round((DEFAULT_WIDTH * height) / width), LOWEST_PICTURE), HIGHEST_PICTURE);
}
