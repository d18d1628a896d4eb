import type { InputPort, Json } from '@loom/graph';
import { type ReactNode, useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { PortWidget } from './PortWidget.js';
import { forgetCalls, held, onChange, onClear, problem, show } from './widget-fixture.js';

beforeEach(forgetCalls);

describe('a switch', () => {
  it('shows the default, and false is a value', async () => {
    const { field } = await show('bool', undefined, { default: true });
    await expect.element(field).toBeChecked();
    await field.click();
    expect(held()).toBe('false');
    await page.getByRole('button', { name: 'Use the default of Field' }).click();
    expect(held()).toBe('absent');
  });
});

describe('a select', () => {
  it('offers the choices with their own types, and the default as absence', async () => {
    const { field } = await show('1 | "1" | none', undefined, { default: 1 });
    await expect.element(field).toHaveDisplayValue('1 (default)');
    await userEvent.selectOptions(field, page.getByRole('option', { name: '1', exact: true }).nth(1));
    expect(held()).toBe('"1"');
    await userEvent.selectOptions(field, 'None');
    expect(held()).toBe('null');
    await userEvent.selectOptions(field, '1 (default)');
    expect(held()).toBe('absent');
  });

  it('keeps a value that is no choice visible', async () => {
    const { field } = await show('"a" | "b"', 'gone');
    await expect.element(field).toHaveDisplayValue('gone');
    expect(problem()).toBe('gone (not a choice)');
  });
});

describe('every widget', () => {
  it('asks for a wire where nothing can be written', async () => {
    await show('DataFrame');
    await expect.element(page.getByText('connect a wire')).toBeVisible();
  });

  it.each(['number', 'string', 'bool', '"a" | "b"', 'json', 'any'])(
    'changes nothing for %s when read-only',
    async (type) => {
      const { field } = await show(type, undefined, {}, true);
      await field.click({ force: true });
      await userEvent.keyboard('1{ArrowUp}{Enter}');
      expect(onChange).not.toHaveBeenCalled();
      expect(onClear).not.toHaveBeenCalled();
    },
  );

  it.each(['number', 'string', 'bool', '"a" | "b"', 'json', 'any'])(
    'keeps the canvas from dragging for %s',
    async (type) => {
      const { field } = await show(type);
      expect(field.element().classList.contains('nodrag')).toBe(true);
    },
  );

  it('can be one of the app', async () => {
    const port: InputPort = {
      id: 'c',
      title: 'c',
      type: { kind: 'string' },
      required: false,
      widget: { kind: 'custom', name: 'color' },
    };
    const Color = ({ value, label }: { value: Json | undefined; label: string }): ReactNode => (
      <b>{`${label}: ${String(value)}`}</b>
    );
    await render(
      <PortWidget
        port={port}
        value="red"
        onChange={onChange}
        onClear={onClear}
        inputId="c"
        label="Colour"
        custom={{ color: Color }}
      />,
    );
    await expect.element(page.getByText('Colour: red')).toBeVisible();
  });
});

describe('a parent that is slow or refuses', () => {
  it('does not lose letters while the parent answers later', async () => {
    const port: InputPort = { id: 'x', title: 'x', type: { kind: 'string' }, required: false };
    function Slow(): ReactNode {
      const [value, setValue] = useState<Json | undefined>('a');
      return (
        <PortWidget
          port={port}
          value={value}
          onChange={(next) => void Promise.resolve().then(() => setValue(next))}
          onClear={() => setValue(undefined)}
          inputId="slow"
          label="Slow"
        />
      );
    }
    await render(<Slow />);
    const field = page.getByRole('textbox', { name: 'Slow' });
    await userEvent.type(field, '{End}bcdef');
    await expect.element(field).toHaveValue('abcdef');
  });

  it('shows what the parent made of the text', async () => {
    const port: InputPort = { id: 'x', title: 'x', type: { kind: 'number' }, required: false };
    function Clamp(): ReactNode {
      const [value, setValue] = useState<Json | undefined>(1);
      return (
        <PortWidget
          port={port}
          value={value}
          onChange={(next) => setValue(Math.min(10, Number(next)))}
          onClear={() => setValue(undefined)}
          inputId="clamp"
          label="Clamp"
        />
      );
    }
    await render(<Clamp />);
    const field = page.getByLabelText('Clamp');
    await field.fill('77');
    await expect.element(field).toHaveValue('10');
  });
});
