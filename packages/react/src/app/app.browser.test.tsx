import '../styles/styles.css';
import { createEngine, createJavaScriptExecutor, defineNode, type Engine } from '@loom/engine';
import { createLibrary, type FlowDocument } from '@loom/graph';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { flowOf } from '../editor/fixture.js';
import { LoomApp, type LoomAppProps } from './LoomApp.js';

let runs = 0;
let release: (() => void) | undefined;

const library = createLibrary({
  shelves: [
    {
      name: 'Test',
      types: [
        defineNode({
          id: 'test/divide',
          title: 'Divide',
          inputs: { a: { type: 'number' }, b: { type: 'number', default: 1 } },
          outputs: { quotient: 'number' },
          run: ({ a, b }) => {
            runs += 1;
            if (b === 0) throw new Error('division by zero');
            return { quotient: Number(a) / Number(b) };
          },
        }),
        defineNode({
          id: 'test/wait',
          title: 'Wait',
          inputs: { value: { type: 'any' } },
          outputs: { value: 'any' },
          run: async ({ value }, { signal }) => {
            await new Promise<void>((resolve, reject) => {
              release = resolve;
              signal.addEventListener('abort', () => reject(signal.reason));
            });
            return { value };
          },
        }),
      ],
    },
  ],
});

const divide: FlowDocument = {
  ...flowOf({ divide: { type: 'test/divide', label: 'Division', position: { x: 0, y: 0 } } }),
  title: 'A division',
  inputs: {
    above: { node: 'divide', port: 'a', title: 'Above', help: 'What is divided.' },
    below: { node: 'divide', port: 'b', title: 'Below' },
  },
  outputs: { result: { node: 'divide', port: 'quotient', title: 'Quotient' } },
};

let engine: Engine;
afterEach(async () => {
  await engine.dispose();
});

async function arrange(props: Partial<LoomAppProps> = {}) {
  runs = 0;
  engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  return render(<LoomApp document={divide} engine={engine} {...props} />);
}

test('a form of the promoted inputs runs the flow and shows what it gives', async () => {
  const onValuesChange = vi.fn();
  const screen = await arrange({ onValuesChange });
  await expect.element(screen.getByRole('heading', { name: 'A division' })).toBeVisible();
  await userEvent.fill(screen.getByLabelText('Above'), '12');
  await userEvent.fill(screen.getByLabelText('Below'), '4');
  expect(onValuesChange).toHaveBeenLastCalledWith({ above: 12, below: 4 });
  expect(runs).toBe(0);
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  await expect.element(screen.getByRole('figure', { name: 'Quotient' })).toHaveTextContent('3');
  expect(runs).toBe(1);
});

test('what is needed is asked for by name, and nothing runs without it', async () => {
  const screen = await arrange();
  expect(screen.getByRole('alert').query()).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  await expect.element(screen.getByRole('alert')).toHaveTextContent('“Above” is needed.');
  await expect.element(screen.getByLabelText('Above')).toHaveFocus();
  expect(runs).toBe(0);
});

test('an error names the node and its inputs', async () => {
  const screen = await arrange({ defaultValues: { above: 1, below: 0 } });
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  const alert = screen.getByRole('alert');
  await expect.element(alert).toHaveTextContent(/“Division” failed\..*division by zero/);
  await expect.element(alert).toHaveTextContent('It takes “Above”, “Below”: check these values.');
});

test('with auto a change runs the flow, and opening it does not', async () => {
  const screen = await arrange({ auto: true, defaultValues: { above: 9 } });
  await userEvent.fill(screen.getByLabelText('Below'), '3');
  await expect.element(screen.getByRole('figure', { name: 'Quotient' })).toHaveTextContent('3');
  expect(runs).toBe(1);
});

test('results of earlier values are marked', async () => {
  const screen = await arrange({ defaultValues: { above: 9 } });
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  await expect.element(screen.getByRole('figure', { name: 'Quotient' })).toBeVisible();
  expect(screen.getByText('These results are of earlier values.').query()).toBeNull();
  await userEvent.fill(screen.getByLabelText('Below'), '3');
  await expect.element(screen.getByText('These results are of earlier values.')).toBeVisible();
});

test('a run can be stopped', async () => {
  const document = {
    ...flowOf({ wait: { type: 'test/wait', position: { x: 0, y: 0 } } }),
    inputs: { value: { node: 'wait', port: 'value' } },
  };
  release = undefined;
  const screen = await arrange({ document, defaultValues: { value: 1 } });
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  await expect.poll(() => release).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  await expect.element(screen.getByText(/^Stopped after/)).toBeVisible();
});

test('two apps on a page do not hear each other', async () => {
  engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  const screen = await render(
    <>
      <LoomApp document={divide} engine={engine} defaultValues={{ above: 8 }} className="first" />
      <LoomApp document={divide} engine={engine} defaultValues={{ above: 9 }} className="second" />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Run' }).first());
  await expect.poll(() => screen.container.querySelectorAll('figure').length).toBe(1);
  expect(screen.container.querySelector('.second figure')).toBeNull();
});
