import { type ReactNode, StrictMode, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { CodeEditor, type CodeEditorProps } from './CodeEditor.js';

const SOURCE = 'def add(a: int, b: int) -> int:\n    return a + b\n';

let setFromOutside: (value: string) => void;
let held = '';

function Host({ start, ...props }: Partial<CodeEditorProps> & { start: string }): ReactNode {
  const [value, setValue] = useState(start);
  setFromOutside = setValue;
  held = value;
  return (
    <StrictMode>
      <div className="loom" style={{ width: 600, height: 260 }}>
        <CodeEditor value={value} onChange={setValue} language="python" label="Source" {...props} />
        <button type="button">after</button>
      </div>
    </StrictMode>
  );
}

async function open(props: Partial<CodeEditorProps> & { start?: string } = {}) {
  const result = await render(<Host start={SOURCE} {...props} />);
  const field = page.getByRole('textbox', { name: 'Source' });
  await expect.element(field).toBeVisible();
  return { ...result, field };
}

/** The text as drawn, which is what a person sees. */
const drawn = (): string => [...document.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n');

async function putCursorAtEnd(): Promise<void> {
  await page.getByRole('textbox', { name: 'Source' }).click();
  await userEvent.keyboard('{Control>}{End}{/Control}');
}

describe('CodeEditor', () => {
  it('shows the text while the editor is loading', async () => {
    const { container } = await render(<Host start={SOURCE} load={() => new Promise(() => undefined)} />);
    expect(container.querySelector('pre')?.textContent).toBe(SOURCE);
    await expect.element(page.getByText('Loading the editor…')).toBeInTheDocument();
  });

  it('becomes a plain text field when the editor cannot be loaded', async () => {
    const problems = [{ message: 'bad name', severity: 'error' as const, line: 2 }];
    await render(<Host start="x = 1" problems={problems} load={() => Promise.reject(new Error('404'))} />);
    await expect.element(page.getByText(/could not be loaded/)).toBeVisible();
    await expect.element(page.getByText('Line 2: bad name')).toBeVisible();
    await page.getByRole('textbox', { name: 'Source' }).fill('x = 2');
    expect(held).toBe('x = 2');
  });

  it('marks what cannot be read, until it can', async () => {
    const { container } = await open({ start: 'def add(a: int:\n    return a\n' });
    await expect.poll(() => container.querySelectorAll('.cm-lint-marker-warning').length).toBeGreaterThan(0);
    setFromOutside('def add(a: int):\n    return a\n');
    await expect.poll(() => container.querySelectorAll('.cm-lint-marker').length).toBe(0);
  });

  it('tells the parent the text after each change', async () => {
    await open();
    await putCursorAtEnd();
    await userEvent.keyboard('x = 1');
    expect(held).toBe(`${SOURCE}x = 1`);
    expect(drawn()).toBe(held);
  });

  it('takes a text from outside, and keeps the cursor where it was', async () => {
    await open({ start: 'one\ntwo\nthree' });
    await putCursorAtEnd();
    setFromOutside('ONE more\ntwo\nthree');
    await expect.poll(drawn).toBe('ONE more\ntwo\nthree');
    await userEvent.keyboard('!');
    expect(held).toBe('ONE more\ntwo\nthree!');
  });

  it('does not lose letters when the parent answers late', async () => {
    function Slow(): ReactNode {
      const [value, setValue] = useState('');
      held = value;
      return (
        <CodeEditor
          value={value}
          onChange={(next) => setTimeout(() => setValue(next), 30)}
          language="python"
          label="Source"
        />
      );
    }
    await render(<Slow />);
    await page.getByRole('textbox', { name: 'Source' }).click();
    await userEvent.keyboard('abcdefghij');
    await expect.poll(() => held).toBe('abcdefghij');
    expect(drawn()).toBe('abcdefghij');
  });

  it('undoes its own changes, not those from outside', async () => {
    await open({ start: 'a' });
    await putCursorAtEnd();
    await userEvent.keyboard('b');
    setFromOutside('# new\nab');
    await expect.poll(drawn).toBe('# new\nab');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(drawn).toBe('# new\na');
    expect(held).toBe('# new\na');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(drawn()).toBe('# new\na');
  });

  it('indents with Tab; Escape and then Tab leaves', async () => {
    await open({ start: 'x' });
    await putCursorAtEnd();
    await userEvent.keyboard('{Home}{Tab}');
    expect(held).toBe('    x');
    await userEvent.keyboard('{Escape}{Tab}');
    await expect.element(page.getByRole('button', { name: 'after' })).toHaveFocus();
    expect(held).toBe('    x');
  });

  it('indents the line after a colon as Python wants it', async () => {
    await open({ start: 'def f():' });
    await putCursorAtEnd();
    await userEvent.keyboard('{Enter}pass');
    expect(held).toBe('def f():\n    pass');
  });

  it('completes keywords, builtins and names of the text', async () => {
    await open({ start: 'penguins = []\n' });
    await putCursorAtEnd();
    await userEvent.keyboard('peng');
    await expect.element(page.getByRole('option', { name: 'penguins' })).toBeVisible();
    await userEvent.keyboard('{Escape}{Backspace}{Backspace}{Backspace}{Backspace}enumer');
    await expect.element(page.getByRole('option', { name: 'enumerate' })).toBeVisible();
    await page.getByRole('option', { name: 'enumerate' }).click();
    await expect.poll(() => held).toBe('penguins = []\nenumerate');
  });

  it('leaves Ctrl+Enter to what is around it', async () => {
    const outer = vi.fn();
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Enter') outer(event.defaultPrevented);
    };
    document.addEventListener('keydown', listen);
    await open({ start: 'x' });
    await putCursorAtEnd();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    document.removeEventListener('keydown', listen);
    expect(held).toBe('x');
    expect(outer).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('cannot be changed when read-only, but reached and read', async () => {
    const { field } = await open({ readOnly: true });
    await putCursorAtEnd();
    await userEvent.keyboard('zzz');
    expect(held).toBe(SOURCE);
    await expect.element(field).toHaveAttribute('aria-readonly', 'true');
  });

  it('marks problems in the text, also those that name lines that are not there', async () => {
    const { container } = await open({
      problems: [
        { message: 'bad', severity: 'error', line: 1, column: 5, endColumn: 8 },
        { message: 'odd', severity: 'warning', line: 999, column: 999 },
      ],
    });
    await expect.poll(() => container.querySelector('.cm-lintRange-error')?.textContent).toBe('add');
    await expect.poll(() => container.querySelectorAll('.cm-lint-marker').length).toBe(2);
  });

  it('shows where the last run failed, brings it into sight, and lets it go', async () => {
    const long = Array.from({ length: 200 }, (_, index) => `x${index} = ${index}`).join('\n');
    const error = { line: 150, column: 1, endColumn: 5, message: 'ZeroDivisionError: division by zero' };
    const { container, rerender } = await open({ start: long, errorAt: error });
    await expect.element(page.getByText('ZeroDivisionError: division by zero')).toBeVisible();
    expect(container.querySelector('.loom-code-error')?.textContent).toBe('x149');
    await rerender(<Host start={long} />);
    await expect.element(page.getByText(/ZeroDivisionError/)).not.toBeInTheDocument();
  });

  it('puts the nonce on the styles that it adds', async () => {
    await open({ cspNonce: 'n0nce' });
    const nonces = [...document.querySelectorAll('style')].map((style) => style.nonce);
    expect(nonces).toContain('n0nce');
  });
});
