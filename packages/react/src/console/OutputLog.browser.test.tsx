import { type ReactNode, StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { type LogEntry, OutputLog, type OutputLogProps } from './OutputLog.js';

function entry(id: number, rest: Partial<LogEntry> = {}): LogEntry {
  return { id, node: 'a', nodeTitle: 'Read', stream: 'stdout', text: `line ${id}`, at: id, ...rest };
}

function lines(count: number): LogEntry[] {
  return Array.from({ length: count }, (_, id) => entry(id));
}

function log(entries: readonly LogEntry[], props: Partial<OutputLogProps> = {}): ReactNode {
  return (
    <StrictMode>
      <div className="loom" style={{ width: 700, height: 240 }}>
        <OutputLog entries={entries} {...props} />
      </div>
    </StrictMode>
  );
}

const shownText = (): string => document.querySelector('.loom-log-lines')?.textContent ?? '';
const scroller = (): Element => page.getByRole('log').element();
const distanceToEnd = (): number => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;

describe('OutputLog', () => {
  it('keeps 10,000 entries out of the page but the visible ones, and starts at the end', async () => {
    await render(log(lines(10_000)));
    await expect.element(page.getByText('line 9999')).toBeVisible();
    expect(document.querySelectorAll('.loom-log-line').length).toBeLessThan(80);
    await expect.element(page.getByText('10,000')).toBeVisible();
  });

  it('follows what comes, until one scrolls up', async () => {
    const { rerender } = await render(log(lines(200)));
    await expect.element(page.getByText('line 199')).toBeVisible();
    await rerender(log(lines(300)));
    await expect.element(page.getByText('line 299')).toBeVisible();
    scroller().scrollTo(0, 100);
    await expect.element(page.getByRole('button', { name: 'Jump to the end' })).toBeVisible();
    const place = scroller().scrollTop;
    await rerender(log(lines(400)));
    expect(scroller().scrollTop).toBe(place);
    await page.getByRole('button', { name: 'Jump to the end' }).click();
    await expect.element(page.getByText('line 399')).toBeVisible();
    await rerender(log(lines(500)));
    await expect.element(page.getByText('line 499')).toBeVisible();
  });

  it('stays at the end when lines turn out taller than expected', async () => {
    const tall = Array.from({ length: 300 }, (_, id) => entry(id, { text: `${id} ${'long words '.repeat(id % 40)}` }));
    const { rerender } = await render(log(tall.slice(0, 150)));
    await expect.poll(distanceToEnd).toBeLessThan(2);
    await rerender(log(tall));
    await expect.poll(() => shownText().includes('299 ') && distanceToEnd() < 2).toBe(true);
  });

  it('filters by text and by stream', async () => {
    await render(
      log([
        entry(1, { text: '\u001b[32mgreen\u001b[0m' }),
        entry(2, { text: 'oops', stream: 'stderr' }),
        entry(3, { text: 'Run started', stream: 'system', node: undefined, nodeTitle: undefined }),
      ]),
    );
    await expect.element(page.getByText('green', { exact: true })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Filter output' }).fill('GREEN');
    await expect.element(page.getByText('1 of 3')).toBeVisible();
    expect(shownText()).not.toContain('oops');
    await page.getByRole('searchbox').fill('nowhere');
    await expect.element(page.getByText('No line matches the filter.')).toBeVisible();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Errors' }).click();
    expect(shownText()).not.toContain('oops');
    expect(shownText()).toContain('Run started');
  });

  it('wraps long lines, or lets one scroll to their ends', async () => {
    await render(log([entry(1, { text: 'word '.repeat(200) }), entry(2)]));
    const heights = () => [...document.querySelectorAll('.loom-log-line')].map((line) => line.clientHeight);
    await expect.poll(() => Number(heights()[0]) > Number(heights()[1])).toBe(true);
    expect(scroller().scrollWidth).toBe(scroller().clientWidth);
    await page.getByRole('button', { name: 'Wrap long lines' }).click();
    await expect.poll(() => Number(heights()[0]) === Number(heights()[1])).toBe(true);
    expect(scroller().scrollWidth).toBeGreaterThan(scroller().clientWidth);
  });

  it('names the node of a line, and selects it', async () => {
    const onSelectNode = vi.fn();
    await render(log([entry(1, { node: 'n-7', nodeTitle: 'Group' })], { onSelectNode }));
    await page.getByRole('button', { name: 'Group' }).click();
    expect(onSelectNode).toHaveBeenCalledExactlyOnceWith('n-7');
  });

  it('copies what the filter lets through', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await render(log([entry(1), entry(2, { text: '\u001b[1mother\u001b[0m' })]));
    await page.getByRole('searchbox').fill('other');
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(write).toHaveBeenCalledExactlyOnceWith('[Read] other');
    write.mockRestore();
  });

  it('copies also where the clipboard is refused', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'));
    const command = vi.spyOn(document, 'execCommand').mockReturnValue(true);
    await render(log([entry(1)]));
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(document.querySelector('.loom-log textarea')).toBeNull();
    write.mockRestore();
    command.mockRestore();
  });

  it('says what to do while there is nothing, and clears', async () => {
    const onClear = vi.fn();
    const { rerender } = await render(log([], { onClear }));
    await expect.element(page.getByText(/No output yet/)).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Clear' })).toBeDisabled();
    await rerender(log([entry(1)], { onClear }));
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(onClear).toHaveBeenCalledOnce();
  });
});
