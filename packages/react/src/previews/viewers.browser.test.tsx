import type { Preview, PreviewRequest } from '@loom/engine';
import type { Json } from '@loom/graph';
import { lazy } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { FILE_MIME, TABLE_MIME, TREE_MIME } from './choose-preview.js';
import { figureView } from './figure-view.js';
import { PreviewView, type PreviewViewProps } from './PreviewView.js';

async function show(data: Record<string, Json>, props: Partial<PreviewViewProps> = {}) {
  const preview: Preview = { data, truncated: false };
  return render(
    <div className="loom" style={{ width: 500, height: 300 }}>
      <PreviewView preview={preview} size="panel" {...props} />
    </div>,
  );
}

/** A second of silence, as a sound file. */
function silence(): string {
  const bytes = new Uint8Array(44 + 800);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + 800, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, 'data');
  view.setUint32(40, 800, true);
  bytes.fill(128, 44);
  return btoa(String.fromCharCode(...bytes));
}

describe('sound, film and files', () => {
  it('sound has the controls of the browser and does not play by itself', async () => {
    const { container } = await show({ 'audio/wav': silence(), 'text/plain': 'a sound' });
    const audio = container.querySelector('audio');
    await expect.poll(() => audio?.duration).toBeCloseTo(0.1);
    expect(audio?.paused).toBe(true);
  });

  it('what is no film says so', async () => {
    const { container } = await show({ 'video/mp4': btoa('no film') });
    await expect.poll(() => container.textContent).toContain('This cannot be played here.');
  });

  it('a file can be saved, by its own kind', async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const made = vi.spyOn(document, 'createElement');
    const screen = await show({ 'application/pdf': btoa('%PDF-1.7') });
    await expect.element(screen.getByText('8 bytes')).toBeVisible();
    made.mockClear();
    await userEvent.click(screen.getByRole('button', { name: 'Save this as a file' }));
    expect(click).toHaveBeenCalledOnce();
    expect((made.mock.results[0] as { value: HTMLAnchorElement } | undefined)?.value.download).toBe('result.pdf');
    made.mockRestore();
    click.mockRestore();
  });

  it('a file that a node gave is fetched and saved by its name', async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const made = vi.spyOn(URL, 'createObjectURL');
    const loadValue = vi.fn(async () => new File(['a,b'], 'rows.csv'));
    const facts = { name: 'rows.csv', type: 'text/csv', size: 3 };
    const screen = await show({ [FILE_MIME]: facts, 'text/plain': 'a,b' }, { loadValue });
    await expect.element(screen.getByText('text/csv · 3 bytes')).toBeVisible();
    expect(loadValue).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Save rows.csv' }));
    await expect.poll(() => click.mock.instances).toHaveLength(1);
    expect((click.mock.instances[0] as unknown as HTMLAnchorElement).download).toBe('rows.csv');
    expect(await (made.mock.calls.at(0)?.at(0) as unknown as Blob | undefined)?.text()).toBe('a,b');
    loadValue.mockRejectedValueOnce(new Error('It is gone.'));
    await userEvent.click(screen.getByRole('button', { name: 'Save rows.csv' }));
    await expect.element(screen.getByRole('alert')).toHaveTextContent('The file cannot be fetched: It is gone.');
    made.mockRestore();
    click.mockRestore();
  });

  it('a picture that is a file is fetched when one wants to see it, and no sooner', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><script>document.title = 1</script></svg>';
    const loadValue = vi.fn(async () => new File([svg], 'rect.svg'));
    const facts = { name: 'rect.svg', type: 'image/svg+xml', size: svg.length };
    const { container, ...screen } = await show({ [FILE_MIME]: facts, 'text/plain': '' }, { loadValue });
    await userEvent.click(screen.getByRole('button', { name: 'Show rect.svg' }));
    await expect.poll(() => container.querySelector('img')?.naturalWidth).toBe(30);
    expect(loadValue).toHaveBeenCalledOnce();
    expect(screen.getByRole('button', { name: 'Show rect.svg' }).query()).toBeNull();
    await expect.element(screen.getByRole('button', { name: 'Save rect.svg' })).toBeEnabled();
  });

  it('what is not base64 shows an error in its place', async () => {
    const screen = await show({ 'audio/wav': 'not base64!' });
    await expect.element(screen.getByRole('alert')).toHaveTextContent('audio/wav should be base64.');
  });
});

describe('plots', () => {
  it('are offered beside a table with numbers, and fetch the rows that are not there', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => [at, Math.sin(at / 100)]);
    const columns = [
      { name: 'i', type: 'int' },
      { name: 'wave', type: 'float' },
    ];
    const page = (offset: number, limit: number): Json => ({
      columns,
      rows: rows.slice(offset, offset + limit),
      total: rows.length,
      offset,
    });
    const loadMore = vi.fn(async ({ offset = 0, limit = 0 }: PreviewRequest): Promise<Preview> => {
      return { data: { [TABLE_MIME]: page(offset, limit) }, truncated: true };
    });
    const screen = await show({ [TABLE_MIME]: page(0, 20) }, { loadMore });
    await userEvent.click(screen.getByRole('button', { name: 'Plot' }));
    await expect.element(screen.getByRole('img', { name: 'Plot of i, wave' })).toBeVisible();
    await expect.element(screen.getByText('i: from 0 to 2999, at last 2999')).toBeInTheDocument();
    // What draws is loaded when it is needed.
    await expect.poll(() => screen.container.querySelector('canvas')).not.toBeNull();
    expect(screen.container.querySelector('.loom-table-size')).toBeNull();
  });

  it('are offered for a list of numbers, and not for other lists', async () => {
    const screen = await show({ [TREE_MIME]: [1, 4, 9, 16], 'text/plain': '[1, 4, 9, 16]' });
    await userEvent.click(screen.getByRole('button', { name: 'Plot' }));
    await expect.element(screen.getByText('value: from 1 to 16, at last 16')).toBeInTheDocument();
    await screen.unmount();
    const other = await show({ [TREE_MIME]: ['a', 'b'], 'text/plain': '["a", "b"]' });
    expect(other.getByRole('button', { name: 'Plot' }).query()).toBeNull();
  });
});

describe('figures of the app', () => {
  const FIGURE = 'application/vnd.example.figure+json';

  it('are drawn by what the app loads, in an element of their own, and end with it', async () => {
    const end = vi.fn();
    const load = vi.fn(async () => (place: HTMLElement, data: Json) => {
      place.textContent = `figure of ${JSON.stringify(data)}`;
      return end;
    });
    const renderers = { [FIGURE]: figureView(load) };
    const screen = await show({ [FIGURE]: { a: 1 }, 'text/plain': 'x' }, { renderers });
    await expect.element(screen.getByText('figure of {"a":1}')).toBeVisible();
    await screen.unmount();
    expect(end).toHaveBeenCalled();
    const again = await show({ [FIGURE]: { a: 2 } }, { renderers });
    await expect.element(again.getByText('figure of {"a":2}')).toBeVisible();
    expect(load).toHaveBeenCalledOnce();
  });

  it('show in their place why they cannot be drawn', async () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const renderers = {
      [FIGURE]: figureView(async () => () => {
        throw new Error('the data has no axes');
      }),
    };
    const screen = await show({ [FIGURE]: {} }, { renderers });
    await expect.element(screen.getByRole('alert')).toHaveTextContent('the data has no axes');
    quiet.mockRestore();
  });

  it('may also be components that load later', async () => {
    const Later = lazy(async () => ({ default: () => <p>here by now</p> }));
    const screen = await show({ [FIGURE]: {} }, { renderers: { [FIGURE]: Later } });
    await expect.element(screen.getByText('here by now')).toBeVisible();
  });
});

it('a value is shown over the whole window, until Escape', async () => {
  const screen = await show({ 'text/plain': 'the text' });
  await userEvent.click(screen.getByRole('button', { name: 'Show it large' }));
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog).toHaveTextContent('the text');
  expect(dialog.element().getBoundingClientRect().width).toBeGreaterThan(window.innerWidth - 100);
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('dialog').query()).toBeNull();
});
