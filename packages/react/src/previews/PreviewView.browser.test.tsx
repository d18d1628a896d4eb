import type { Preview, PreviewRequest } from '@loom/engine';
import type { Json } from '@loom/graph';
import { type ReactNode, StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { TABLE_MIME, TREE_MIME } from './choose-preview.js';
import { PreviewView, type PreviewViewProps } from './PreviewView.js';

function preview(data: Record<string, Json>, truncated = false): Preview {
  return { data, truncated };
}

function framed(node: ReactNode, theme: 'light' | 'dark' = 'light'): ReactNode {
  return (
    <StrictMode>
      <div className="loom" data-theme={theme} style={{ width: 500, height: 300 }}>
        {node}
      </div>
    </StrictMode>
  );
}

async function show(given: Preview, props: Partial<PreviewViewProps> = {}) {
  return render(framed(<PreviewView preview={given} size="panel" {...props} />));
}

function rowsFrom(offset: number, count: number, total: number): Json {
  return {
    columns: [
      { name: 'i', type: 'int' },
      { name: 'name', type: 'str' },
    ],
    rows: Array.from({ length: count }, (_, index) => [offset + index, `row ${offset + index}`]),
    total,
    offset,
  };
}

const run = vi.fn();
Object.assign(globalThis, { __previewRan: run });
afterEach(() => run.mockClear());

const WHITE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

describe('texts and numbers', () => {
  it('draws a number alone large', async () => {
    const { container } = await show(preview({ 'text/plain': '3700.66' }));
    expect(container.querySelector('.loom-preview-number')?.textContent).toBe('3700.66');
  });

  it('draws other texts as they stand', async () => {
    const { container } = await show(preview({ 'text/plain': '<b>not bold</b>\n  two' }));
    expect(container.querySelector('pre')?.textContent).toBe('<b>not bold</b>\n  two');
  });

  it('loads the rest of a shortened text on demand', async () => {
    const loadMore = vi.fn(async () => preview({ 'text/plain': 'beginning and end' }));
    const { container } = await show(preview({ 'text/plain': 'beginning' }, true), { loadMore });
    await userEvent.click(page.getByRole('button', { name: 'Show more' }));
    await expect.poll(() => container.querySelector('pre')?.textContent).toBe('beginning and end');
    expect(loadMore.mock.calls).toEqual([[{ offset: 0, limit: 1_000_000 }]]);
    await expect.element(page.getByText('Shortened')).not.toBeInTheDocument();
  });

  it('says when the rest of a text is gone', async () => {
    const loadMore = () => Promise.reject(new Error('The value is gone.'));
    await show(preview({ 'text/plain': 'beginning' }, true), { loadMore });
    await userEvent.click(page.getByRole('button', { name: 'Show more' }));
    await expect.element(page.getByRole('alert')).toHaveTextContent('The value is gone.');
  });

  it('says that a value was shortened', async () => {
    await show(preview({ 'text/plain': 'a' }, true));
    await expect.element(page.getByText('Shortened')).toBeVisible();
  });

  it('says which types there are when it can draw none', async () => {
    await show(preview({ 'application/x-map': { lat: 1 } }));
    await expect.element(page.getByText('There is no view for application/x-map.')).toBeVisible();
    await expect.element(page.getByText('"lat": 1')).toBeVisible();
  });

  it('says that there is nothing to show', async () => {
    await show(preview({}));
    await expect.element(page.getByText('Nothing to show')).toBeVisible();
  });
});

describe('choosing', () => {
  it('starts with the richest form and lets people switch', async () => {
    await show(preview({ 'text/plain': 'as text', 'text/markdown': '**as** *markdown*' }));
    await expect.element(page.getByText('markdown', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Text' }).click();
    await expect.element(page.getByText('as text')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Text' })).toHaveAttribute('aria-pressed', 'true');
  });

  it("uses the app's own view first", async () => {
    const Own = ({ data, size }: { data: Json; size: string }): ReactNode => <i>{`own ${String(data)} ${size}`}</i>;
    await show(preview({ 'text/html': 'x', 'application/x-own': 7 }), { renderers: { 'application/x-own': Own } });
    await expect.element(page.getByText('own 7 panel')).toBeVisible();
  });

  it('shows in its place that a view failed, and tries again with the next value', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { rerender } = await show(preview({ [TABLE_MIME]: { columns: 3 } }));
    await expect.element(page.getByRole('alert')).toHaveTextContent('This preview cannot be drawn: The table');
    await rerender(framed(<PreviewView size="panel" preview={preview({ [TABLE_MIME]: rowsFrom(0, 2, 2) })} />));
    await expect.element(page.getByRole('cell', { name: 'row 1' })).toBeVisible();
    logged.mockRestore();
  });
});

describe('a table', () => {
  it('shows names, types, cells and the size', async () => {
    await show(preview({ [TABLE_MIME]: rowsFrom(0, 20, 344) }, true));
    await expect.element(page.getByRole('columnheader', { name: 'name str' })).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'row 3' })).toBeVisible();
    await expect.element(page.getByText('344 rows × 2 columns')).toBeVisible();
    await expect.element(page.getByText('Shortened')).not.toBeInTheDocument();
  });

  it('loads rows as one scrolls, and keeps only the visible ones in the page', async () => {
    const total = 100_000;
    const loadMore = vi.fn(async ({ offset = 0, limit = 20 }: PreviewRequest) =>
      preview({ [TABLE_MIME]: rowsFrom(offset, Math.min(limit, total - offset), total) }),
    );
    const { container } = await show(preview({ [TABLE_MIME]: rowsFrom(0, 20, total) }, true), { loadMore });
    await expect.element(page.getByRole('cell', { name: 'row 3', exact: true })).toBeVisible();
    expect(loadMore).not.toHaveBeenCalled();
    const scroller = container.querySelector('.loom-table');
    scroller?.scrollTo(0, scroller.scrollHeight);
    await expect.element(page.getByRole('cell', { name: 'row 99999', exact: true })).toBeVisible();
    expect(loadMore.mock.calls.length).toBeLessThan(6);
    expect(container.querySelectorAll('tbody tr').length).toBeLessThan(60);
    await expect.element(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(total + 1));
  });

  it('says why rows could not be loaded, and tries again when told to', async () => {
    let isDown = true;
    const loadMore = async ({ offset = 0, limit = 0 }: PreviewRequest): Promise<Preview> => {
      if (isDown) throw new Error('the worker is gone');
      return preview({ [TABLE_MIME]: rowsFrom(offset, limit, 1000) });
    };
    const { container } = await show(preview({ [TABLE_MIME]: rowsFrom(0, 20, 1000) }), { loadMore });
    container.querySelector('.loom-table')?.scrollTo(0, 12_000);
    await expect.element(page.getByRole('alert')).toHaveTextContent('Rows could not be loaded: the worker is gone');
    isDown = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('cell', { name: 'row 505' })).toBeVisible();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  it('keeps only the visible columns of a wide table in the page', async () => {
    const columns = Array.from({ length: 1000 }, (_, index) => ({ name: `c${index}`, type: 'int' }));
    const wide = { columns, rows: [columns.map((_, index) => index)], total: 1, offset: 0 };
    const { container } = await show(preview({ [TABLE_MIME]: wide }));
    await expect.element(page.getByRole('columnheader', { name: 'c1 int', exact: true })).toBeVisible();
    expect(container.querySelectorAll('td').length).toBeLessThan(40);
    const scroller = container.querySelector('.loom-table');
    scroller?.scrollTo(scroller.scrollWidth, 0);
    await expect.element(page.getByRole('columnheader', { name: 'c999 int' })).toBeVisible();
  });

  it('shows its first rows on a node', async () => {
    const { container } = await show(preview({ [TABLE_MIME]: rowsFrom(0, 20, 344) }, true), { size: 'node' });
    expect(container.querySelectorAll('tbody tr')).toHaveLength(5);
    await expect.element(page.getByText('344 rows × 2 columns')).toBeVisible();
  });
});

describe('a tree', () => {
  const tree = { name: 'Adelie', islands: ['Biscoe', { $cut: 3 }], deep: { er: { est: null } }, $cut: 4 };

  it('opens and closes by pointer', async () => {
    await show(preview({ [TREE_MIME]: tree }));
    await expect.element(page.getByRole('treeitem', { name: 'name: "Adelie"' })).toBeVisible();
    await expect.element(page.getByText('… 4 more')).toBeVisible();
    await page.getByRole('treeitem', { name: 'islands' }).click();
    await expect.element(page.getByText('"Biscoe"')).toBeVisible();
    await expect.element(page.getByText('… 3 more')).toBeVisible();
    await page.getByRole('treeitem', { name: 'islands' }).click();
    await expect.element(page.getByText('"Biscoe"')).not.toBeInTheDocument();
  });

  it('opens and closes by keyboard', async () => {
    await show(preview({ [TREE_MIME]: tree }));
    // The button that shows it large comes first.
    await userEvent.tab();
    await userEvent.tab();
    await expect.element(page.getByRole('treeitem').first()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}');
    await expect.element(page.getByRole('treeitem', { name: 'er:' })).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect.element(page.getByRole('treeitem', { name: 'er:' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(page.getByRole('treeitem').elements()).toHaveLength(1);
  });

  it('loads the rest of a list that was cut', async () => {
    const loadMore = vi.fn(async ({ offset = 0, limit = 0 }: PreviewRequest) =>
      preview({ [TREE_MIME]: Array.from({ length: Math.min(limit, 60 - offset) }, (_, index) => offset + index) }),
    );
    await show(preview({ [TREE_MIME]: [0, 1, { $cut: 58 }] }, true), { loadMore });
    await page.getByText('… 58 more').click();
    await expect.element(page.getByText('… 8 more')).toBeVisible();
    await page.getByText('… 8 more').click();
    await expect.element(page.getByText('59:')).toBeInTheDocument();
    expect(loadMore.mock.calls).toEqual([[{ offset: 2, limit: 50 }], [{ offset: 52, limit: 50 }]]);
    await expect.element(page.getByText(/more$/)).not.toBeInTheDocument();
  });
});

describe('pictures', () => {
  it('draws SVG as an image, in which nothing runs', async () => {
    const svg =
      '<svg viewBox="0 0 10 10" onload="top.__previewRan()"><script>top.__previewRan()</script><rect width="10" height="10"/></svg>';
    await show(preview({ 'image/svg+xml': svg }));
    const image = page.getByRole('img').element() as HTMLImageElement;
    await expect.poll(() => image.complete && image.naturalWidth > 0).toBe(true);
    expect(run).not.toHaveBeenCalled();
  });

  it('draws PNG, also with line breaks in its base64', async () => {
    await show(preview({ 'image/png': `${WHITE_PIXEL.slice(0, 40)}\n${WHITE_PIXEL.slice(40)}\n` }));
    const image = page.getByRole('img').element() as HTMLImageElement;
    await expect.poll(() => image.naturalWidth).toBe(1);
  });

  it('says when a picture is broken', async () => {
    await show(preview({ 'image/png': 'AAAA' }));
    await expect.element(page.getByText('The image cannot be shown.')).toBeVisible();
  });
});

describe('HTML', () => {
  const html = '<h1>Report</h1><img src=x onerror="top.__previewRan()"><script>top.__previewRan()</script>';

  it('lies in a frame without scripts and with an origin of its own', async () => {
    const { container } = await show(preview({ 'text/html': html }));
    await expect.poll(() => container.querySelector('iframe')).not.toBeNull();
    const frame = container.querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).toBe('');
    expect(frame?.srcdoc).toContain("default-src 'none'");
    await new Promise((resolve) => frame?.addEventListener('load', resolve, { once: true }));
    expect(frame?.contentDocument).toBeNull();
    expect(run).not.toHaveBeenCalled();
  });

  it('takes the colours of the theme', async () => {
    const given = preview({ 'text/html': '<p>x</p>' });
    const { container, rerender } = await render(framed(<PreviewView preview={given} size="panel" />));
    await expect.poll(() => container.querySelector('iframe')?.srcdoc).toContain('color-scheme: light');
    await rerender(framed(<PreviewView preview={given} size="panel" />, 'dark'));
    await expect.poll(() => container.querySelector('iframe')?.srcdoc).toContain('color-scheme: dark');
  });

  it('leaves pointer and Tab key alone on a node', async () => {
    const { container } = await show(preview({ 'text/html': '<a href="https://example.org">x</a>' }), { size: 'node' });
    await expect.poll(() => container.querySelector('iframe')).not.toBeNull();
    const frame = container.querySelector('iframe') as HTMLIFrameElement;
    expect([frame.tabIndex, getComputedStyle(frame).pointerEvents]).toEqual([-1, 'none']);
  });
});

describe('Markdown', () => {
  it('becomes elements', async () => {
    const text =
      '# Title\n\n- [x] done\n- **bold**\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\ncode <x>\n```\n\na &amp; b';
    const { container } = await show(preview({ 'text/markdown': text }));
    await expect.element(page.getByRole('heading', { name: 'Title', level: 1 })).toBeVisible();
    await expect.element(page.getByRole('checkbox')).toBeChecked();
    expect(getComputedStyle(page.getByRole('cell', { name: '2' }).element()).textAlign).toBe('right');
    expect(container.querySelector('pre code')?.textContent).toBe('code <x>');
    await expect.element(page.getByText('a & b')).toBeVisible();
  });

  it('shows HTML as text, and follows no link that runs', async () => {
    const text =
      '<img src=x onerror="__previewRan()"> <script>__previewRan()</script>\n\n[run](javascript:__previewRan()) [web](https://example.org)\n\n![track](https://example.org/t.png)';
    const { container } = await show(preview({ 'text/markdown': text }));
    await expect.element(page.getByRole('link', { name: 'web' })).toHaveAttribute('rel', 'noopener noreferrer');
    await expect.element(page.getByRole('link', { name: 'web' })).toHaveAttribute('target', '_blank');
    expect(container.querySelectorAll('a')).toHaveLength(1);
    expect(container.querySelectorAll('img, script')).toHaveLength(0);
    expect(container.textContent).toContain('<script>__previewRan()</script>');
    expect(run).not.toHaveBeenCalled();
  });

  it('survives quotes in quotes without end', async () => {
    const { container } = await show(preview({ 'text/markdown': `${'>'.repeat(9000)} deep` }));
    await expect.poll(() => container.textContent).toContain('deep');
  });
});
