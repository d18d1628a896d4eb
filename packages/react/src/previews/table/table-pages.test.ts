import type { Preview, PreviewRequest, TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { TABLE_MIME } from '../choose-preview.js';
import { TablePages } from './table-pages.js';

/** A table of `total` rows `[index]` behind a server that gives at most `most` rows at once. */
function server(total: number, most = Number.POSITIVE_INFINITY) {
  const requests: PreviewRequest[] = [];
  const page = ({ offset = 0, limit = 20 }: PreviewRequest): TablePage => ({
    columns: [{ name: 'i', type: 'int' }],
    rows: Array.from({ length: Math.max(0, Math.min(limit, most, total - offset)) }, (_, index) => [offset + index]),
    total,
    offset,
  });
  const loadMore = async (request: PreviewRequest): Promise<Preview> => {
    requests.push(request);
    return { data: { [TABLE_MIME]: page(request) as unknown as Json }, truncated: true };
  };
  return { requests, page, loadMore };
}

function changed(pages: TablePages): Promise<void> {
  return new Promise((resolve) => {
    const stop = pages.subscribe(() => {
      stop();
      resolve();
    });
  });
}

describe('TablePages', () => {
  it('has the rows of the first page and loads the others when they are asked for', async () => {
    const { requests, page, loadMore } = server(1000);
    const pages = new TablePages(page({ offset: 0, limit: 20 }), loadMore);
    pages.open();
    pages.ensure(0, 20);
    expect(requests).toEqual([]);
    pages.ensure(450, 470);
    expect(pages.row(450)).toBeUndefined();
    await changed(pages);
    expect(requests).toEqual([{ offset: 400, limit: 200 }]);
    expect([pages.row(5), pages.row(450), pages.row(599)]).toEqual([[5], [450], [599]]);
  });

  it('asks once for what is on its way or here', async () => {
    const { requests, page, loadMore } = server(1000);
    const pages = new TablePages(page({ limit: 20 }), loadMore);
    pages.open();
    pages.ensure(200, 230);
    pages.ensure(210, 240);
    await changed(pages);
    pages.ensure(220, 250);
    expect(requests).toHaveLength(1);
  });

  it('goes on asking a server that gives fewer rows than it was asked for', async () => {
    const { requests, page, loadMore } = server(350, 90);
    const pages = new TablePages(page({ limit: 20 }), loadMore);
    pages.open();
    pages.ensure(200, 350);
    await changed(pages);
    expect(requests.map((request) => request.offset)).toEqual([200, 290]);
    expect(pages.row(349)).toEqual([349]);
  });

  it('stops at a server that gives nothing', async () => {
    const { requests, page, loadMore } = server(350, 0);
    const pages = new TablePages({ ...page({}), rows: [] }, loadMore);
    pages.open();
    pages.ensure(0, 30);
    await changed(pages);
    pages.ensure(0, 30);
    expect(requests).toHaveLength(1);
  });

  it('says why rows are missing, and asks again only when told to', async () => {
    let isDown = true;
    const { page, loadMore } = server(500);
    const pages = new TablePages(page({ limit: 20 }), (request) =>
      isDown ? Promise.reject(new Error('the worker is gone')) : loadMore(request),
    );
    pages.open();
    pages.ensure(300, 320);
    await changed(pages);
    expect(pages.failure).toBe('the worker is gone');
    isDown = false;
    pages.ensure(300, 320);
    expect(pages.row(300)).toBeUndefined();
    pages.retry();
    pages.ensure(300, 320);
    await changed(pages);
    expect([pages.failure, pages.row(300)]).toEqual([undefined, [300]]);
  });

  it('keeps a bounded number of rows', async () => {
    const { page, loadMore } = server(100_000);
    const pages = new TablePages(page({ limit: 20 }), loadMore);
    pages.open();
    for (let start = 200; start < 40_000; start += 200) {
      pages.ensure(start, start + 1);
      await changed(pages);
    }
    const kept = Array.from({ length: 40_000 }, (_, index) => index).filter((index) => pages.row(index)).length;
    expect(kept).toBeLessThanOrEqual(50 * 200 + 20);
    expect(pages.row(39_900)).toEqual([39_900]);
  });
});
