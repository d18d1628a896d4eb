import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { prettierTool } from '../code-tools/prettier-tool.js';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import type { CodeTool } from './code-tool.js';

const SOURCE = 'export default ({n}) => ({  out: n*2 });\n';
const FORMATTED = 'export default ({ n }) => ({ out: n * 2 });\n';

const javascript = prettierTool(() =>
  Promise.all([import('prettier/standalone'), import('prettier/plugins/acorn'), import('prettier/plugins/estree')]),
);

function flowWith(source: string) {
  const port = { type: 'number' };
  return {
    ...flowOf({ double: { type: 'double', position: { x: 0, y: 0 }, inputs: { n: 2 } } }, []),
    types: { double: { kind: 'javascript', source, inputs: { n: port }, outputs: { out: port } } as const },
  };
}

async function openCode(source = SOURCE, tool: CodeTool = javascript) {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({
    defaultDocument: flowWith(source),
    library,
    engine,
    codeTools: { javascript: tool },
  });
  const { screen, store, handle, document } = editor;
  store.select({ nodes: ['double'] });
  await userEvent.click(screen.getByRole('tab', { name: 'Code' }));
  const field = screen.getByRole('textbox', { name: /^Code of/ });
  await expect.element(field).toBeVisible();
  return {
    ...editor,
    field,
    source: () => (document().types.double as { source: string }).source,
    run: async () => {
      await handle.run().result;
      store.flush();
    },
    /** Puts the cursor behind a text of the first line. */
    async goBehind(text: string) {
      await userEvent.click(field);
      await userEvent.keyboard(
        `{Control>}{Home}{/Control}${'{ArrowRight}'.repeat(source.indexOf(text) + text.length)}`,
      );
    },
  };
}

test('formatting by the button is one undo step', async () => {
  const { screen, source, past, goBehind } = await openCode();
  await goBehind('out: n');
  await userEvent.click(screen.getByRole('button', { name: 'Format' }));
  await expect.poll(source).toBe(FORMATTED);
  expect(past()).toEqual(['Format']);
  await userEvent.click(screen.getByRole('textbox', { name: /^Code of/ }));
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(source).toBe(SOURCE);
});

test('the key formats while one types, and typing goes on where it was', async () => {
  const { source, goBehind } = await openCode();
  await goBehind('out: n');
  await userEvent.keyboard('{Shift>}{Alt>}f{/Alt}{/Shift}');
  await expect.poll(source).toBe(FORMATTED);
  await userEvent.keyboard('ew');
  await expect.poll(source).toBe(FORMATTED.replace('out: n ', 'out: new '));
});

test('a source that cannot be read stays as it is, and the panel says why', async () => {
  const broken = 'export default ({ n }) => ({ out: n +* 2 });\n';
  const { screen, source, past } = await openCode(broken);
  await userEvent.click(screen.getByRole('button', { name: 'Format' }));
  await expect.element(screen.getByText(/^Not formatted: Unexpected token/)).toBeVisible();
  expect(source()).toBe(broken);
  expect(past()).toEqual([]);
});

test('what one types while the tool is busy is kept', async () => {
  let answer: (source: string) => void = () => undefined;
  const slow = { format: () => new Promise<string>((resolve) => (answer = resolve)) };
  const { screen, source, goBehind } = await openCode(SOURCE, slow);
  const format = screen.getByRole('button', { name: 'Format' });
  await userEvent.click(format);
  await expect.element(format).toHaveAttribute('aria-disabled', 'true');
  await goBehind('out: n');
  await userEvent.keyboard('x');
  const typed = SOURCE.replace('out: n', 'out: nx');
  await expect.poll(source).toBe(typed);
  answer(FORMATTED);
  await expect.element(format).toHaveAttribute('aria-disabled', 'false');
  expect(source()).toBe(typed);
});

test('the command formats the selected nodes without their code in sight', async () => {
  const { screen, source, past, handle } = await openCode();
  await userEvent.click(screen.getByRole('tab', { name: 'Node' }));
  handle.runCommand('edit.format');
  await expect.poll(source).toBe(FORMATTED);
  expect(past()).toEqual(['Format']);
});

test('a tool that cannot be loaded says so, and the source can still be edited', async () => {
  const { screen, source, goBehind } = await openCode(SOURCE, { lint: () => Promise.reject(new Error('offline')) });
  await expect.element(screen.getByText('The code is not checked: offline')).toBeVisible();
  await goBehind('out: n');
  await userEvent.keyboard('x');
  await expect.poll(source).toContain('nx*2');
});

test('the tool marks what it finds, and takes it back', async () => {
  const { screen, find, goBehind } = await openCode(SOURCE.replace('n*2', 'n*'));
  await expect.poll(() => screen.container.querySelectorAll('.cm-lint-marker-error').length).toBe(1);
  await goBehind('out: n*');
  await userEvent.keyboard('2');
  await expect.poll(() => screen.container.querySelectorAll('.cm-lint-marker').length).toBe(0);
  expect(find('.cm-content').textContent).toContain('n*2');
});

test('the panel compares the code with what made the result, once they differ', async () => {
  const { screen, run, goBehind, source } = await openCode();
  const compare = screen.getByRole('button', { name: 'Changes since the last run' });
  expect(compare.query()).toBeNull();
  await run();
  expect(compare.query()).toBeNull();
  await goBehind('out: n*2');
  await userEvent.keyboard('0');
  await userEvent.click(compare);
  await expect.poll(() => screen.container.querySelector('.cm-deletedChunk')?.textContent).toContain('n*2 ');
  await expect.poll(() => screen.container.querySelector('.cm-changedText')?.textContent).toBe('0');
  await run();
  await expect.poll(() => screen.container.querySelector('.cm-deletedChunk')).toBeNull();
  expect(compare.query()).toBeNull();
  expect(source()).toContain('n*20');
});

test('the line of an error goes with the code that failed, and comes back with it', async () => {
  const { screen, run, goBehind, store } = await openCode('export default ({ n }) => ({ out: n.bad.worse });\n');
  await run();
  const mark = () => screen.container.querySelectorAll('.loom-code-error-line').length;
  await expect.poll(mark).toBe(1);
  await goBehind('n.bad');
  await userEvent.keyboard('x');
  await expect.poll(mark).toBe(0);
  store.undo();
  await expect.poll(mark).toBe(1);
});

test('ports are offered as one types', async () => {
  const { screen, goBehind } = await openCode('export default (inputs) => ({ out: inputs });\n');
  await goBehind('out: inputs');
  await userEvent.keyboard('.');
  await userEvent.keyboard('{Control>} {/Control}');
  await expect.element(screen.getByRole('option', { name: /^n\s*number$/ })).toBeVisible();
});
