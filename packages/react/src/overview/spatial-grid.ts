import type { Box } from '../layout/box.js';

/** In flow units: a few nodes to a cell. */
const CELL = 800;
/** What covers more cells than this is looked at each time instead: a wire across the whole flow must not fill the grid. */
const MAX_CELLS = 64;
/** Columns and rows beyond this have no cell: their number would not be one of its own any more. */
const MAX_COLUMN = 2 ** 25;

interface Entry<Item> {
  readonly item: Item;
  readonly box: Box;
  /** Undefined for what lies in no cells of its own. */
  readonly range: CellRange | undefined;
  /** The search that found it last: what lies in several cells is found once. */
  seen: number;
}

interface CellRange {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Finds what lies in a part of the plane without looking at everything. */
export class SpatialGrid<Item> {
  readonly #entries = new Map<string, Entry<Item>>();
  readonly #cells = new Map<number, Set<Entry<Item>>>();
  readonly #wide = new Set<Entry<Item>>();
  #searches = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Puts an item in its place, also when it had another one. */
  set(id: string, box: Box, item: Item): void {
    this.delete(id);
    const range = rangeOf(box);
    const isWide = range === undefined || countOf(range) > MAX_CELLS;
    const entry: Entry<Item> = { item, box, range: isWide ? undefined : range, seen: 0 };
    this.#entries.set(id, entry);
    if (entry.range === undefined) this.#wide.add(entry);
    else {
      eachCell(entry.range, (cell) => {
        const there = this.#cells.get(cell);
        if (there === undefined) this.#cells.set(cell, new Set([entry]));
        else there.add(entry);
      });
    }
  }

  delete(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    if (entry.range === undefined) this.#wide.delete(entry);
    else {
      eachCell(entry.range, (cell) => {
        const there = this.#cells.get(cell);
        there?.delete(entry);
        if (there?.size === 0) this.#cells.delete(cell);
      });
    }
  }

  /** What touches a rectangle, each once, in no order. */
  search(area: Box): Item[] {
    this.#searches += 1;
    const found: Item[] = [];
    const take = (entries: Iterable<Entry<Item>> = []) => {
      for (const entry of entries) {
        if (entry.seen === this.#searches) continue;
        entry.seen = this.#searches;
        if (touches(entry.box, area)) found.push(entry.item);
      }
    };
    const range = rangeOf(area);
    // Seen from far the area has more cells than the flow has nodes.
    if (range === undefined || countOf(range) > this.#cells.size) take(this.#entries.values());
    else {
      take(this.#wide);
      eachCell(range, (cell) => take(this.#cells.get(cell)));
    }
    return found;
  }
}

/** Undefined for a place that a file may hold and no screen: counting up from there would never end. */
function rangeOf({ x, y, width, height }: Box): CellRange | undefined {
  const [left, right] = [Math.floor(x / CELL), Math.floor((x + width) / CELL)];
  const [top, bottom] = [Math.floor(y / CELL), Math.floor((y + height) / CELL)];
  const isInside = left > -MAX_COLUMN && top > -MAX_COLUMN && right < MAX_COLUMN && bottom < MAX_COLUMN;
  return isInside ? { left, right, top, bottom } : undefined;
}

function countOf({ left, right, top, bottom }: CellRange): number {
  return (right - left + 1) * (bottom - top + 1);
}

function eachCell({ left, right, top, bottom }: CellRange, visit: (cell: number) => void): void {
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) visit((column + MAX_COLUMN) * 2 * MAX_COLUMN + row + MAX_COLUMN);
  }
}

function touches(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
