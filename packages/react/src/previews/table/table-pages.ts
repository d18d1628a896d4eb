import type { TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';
import { TABLE_MIME } from '../choose-preview.js';
import type { LoadMore } from '../renderer.js';
import { readTablePage } from './table-page.js';

type Row = readonly Json[];

/** Rows of one request, and how many pages are kept: what was looked at long ago is loaded again. */
const PAGE_ROWS = 200;
const MOST_PAGES = 50;

/** The pages of one table. Keeps a bounded number of them, never asks twice for what is on its way. */
export class TablePages {
  readonly #first: TablePage;
  readonly #loadMore: LoadMore | undefined;
  /** In the order of use, the last at the end. */
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #pending = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #isOpen = false;
  #failure: string | undefined;
  #version = 0;

  constructor(first: TablePage, loadMore: LoadMore | undefined) {
    this.#first = first;
    this.#loadMore = loadMore;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Why the last request failed; nothing more is asked for until {@link retry}. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Starts taking pages in; the result stops it. React may do both twice. */
  open(): () => void {
    this.#isOpen = true;
    return () => {
      this.#isOpen = false;
    };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  row(index: number): Row | undefined {
    const { offset, rows } = this.#first;
    return rows[index - offset] ?? this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Asks for the rows from `start` up to, not including, `end`, as far as they are missing. */
  ensure(start: number, end: number): void {
    if (!this.#loadMore || this.#failure !== undefined) return;
    const last = Math.min(end, this.#first.total) - 1;
    for (let page = Math.floor(start / PAGE_ROWS); page * PAGE_ROWS <= last; page++) {
      const kept = this.#pages.get(page);
      if (kept) {
        this.#pages.delete(page);
        this.#pages.set(page, kept);
      } else if (!this.#pending.has(page) && this.#isMissing(Math.max(start, page * PAGE_ROWS), last, page)) {
        void this.#load(page, this.#loadMore);
      }
    }
  }

  retry(): void {
    this.#failure = undefined;
    this.#changed();
  }

  #isMissing(from: number, last: number, page: number): boolean {
    const end = Math.min(last, (page + 1) * PAGE_ROWS - 1);
    for (let index = from; index <= end; index++) if (!this.row(index)) return true;
    return false;
  }

  /** A server may give fewer rows than asked for; then the rest is asked for until nothing more comes. */
  async #load(page: number, loadMore: LoadMore): Promise<void> {
    this.#pending.add(page);
    const start = page * PAGE_ROWS;
    const wanted = Math.min(PAGE_ROWS, this.#first.total - start);
    const rows: Row[] = [];
    try {
      while (rows.length < wanted) {
        const preview = await loadMore({ offset: start + rows.length, limit: wanted - rows.length });
        const { rows: more, offset } = readTablePage(preview.data[TABLE_MIME]);
        if (more.length === 0 || offset !== start + rows.length) break;
        rows.push(...more);
      }
      if (!this.#isOpen) return;
      this.#keep(page, rows.slice(0, wanted));
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.#pending.delete(page);
      if (this.#isOpen) this.#changed();
    }
  }

  #keep(page: number, rows: readonly Row[]): void {
    this.#pages.set(page, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}
