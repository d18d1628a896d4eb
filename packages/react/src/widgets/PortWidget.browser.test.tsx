import { type InputPort, type Json, parsePortType } from '@loom/graph';
import { type ReactNode, StrictMode, useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { PortWidget } from './PortWidget.js';

const onChange = vi.fn<(value: Json) => void>();
const onClear = vi.fn<() => void>();
let setFromOutside: (value: Json | undefined) => void;

function Host({ port, start, readOnly }: { port: InputPort; start: Json | undefined; readOnly: boolean }): ReactNode {
  const [value, setValue] = useState(start);
  setFromOutside = setValue;
  return (
    <div className="loom" style={{ width: 220 }}>
      <PortWidget
        port={port}
        value={value}
        onChange={(next) => {
          onChange(next);
          setValue(next);
        }}
        onClear={() => {
          onClear();
          setValue(undefined);
        }}
        readOnly={readOnly}
        inputId="field"
        label="Field"
      />
      <output>{value === undefined ? 'absent' : JSON.stringify(value)}</output>
    </div>
  );
}

async function show(type: string, start?: Json, rest: Partial<InputPort> = {}, readOnly = false) {
  const port: InputPort = { id: 'x', title: 'x', type: parsePortType(type), required: false, ...rest };
  await render(
    <StrictMode>
      <Host port={port} start={start} readOnly={readOnly} />
    </StrictMode>,
  );
  return { field: page.getByLabelText('Field').first(), value: page.getByRole('status').last() };
}

const held = (): string | null | undefined => document.querySelector('output')?.textContent;
const problem = (): string | null | undefined => document.querySelector('.loom-widget-problem')?.textContent;

beforeEach(() => {
  onChange.mockClear();
  onClear.mockClear();
});

describe('a number field', () => {
  it('tells the parent while one types, with valid numbers only', async () => {
    const { field } = await show('number', 1);
    await field.fill('2');
    await userEvent.type(field, '.5');
    await expect.element(field).toHaveValue('2.5');
    expect(onChange.mock.calls.flat()).toEqual([2, 2.5]);
    await userEvent.type(field, 'x');
    expect(held()).toBe('2.5');
    expect(problem()).toBe('Not a number. 2.5 is still used.');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field).toHaveAccessibleDescription('Not a number. 2.5 is still used.');
  });

  it('refuses 1.5 in an int field and says so', async () => {
    const { field } = await show('int', 1);
    await userEvent.type(field, '.5');
    await expect.element(field).toHaveValue('1.5');
    expect(problem()).toBe('A whole number is needed. 1 is still used.');
    expect(held()).toBe('1');
  });

  it('keeps what was typed while it stands for the value, and writes the value when one leaves', async () => {
    const { field } = await show('number');
    await field.fill('1e3');
    await expect.element(field).toHaveValue('1e3');
    expect(held()).toBe('1000');
    await userEvent.tab();
    await expect.element(field).toHaveValue('1000');
  });

  it('takes zero as a value, and an emptied optional field as absent', async () => {
    const { field } = await show('number', 5);
    await field.fill('0');
    expect(held()).toBe('0');
    await field.fill('');
    expect(held()).toBe('absent');
    expect(onClear).toHaveBeenCalledTimes(1);
  });

  it('does not empty a required field', async () => {
    const { field } = await show('number', 5, { required: true });
    await field.fill('');
    expect(held()).toBe('5');
    expect(problem()).toBe('A value is needed here. 5 is still used.');
  });

  it('steps with the arrow keys, in tens with Shift, from the default', async () => {
    const { field } = await show('int', undefined, { default: 3 });
    await expect.element(field).toHaveAttribute('placeholder', '3');
    await field.click();
    await userEvent.keyboard('{ArrowUp}');
    expect(held()).toBe('4');
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(held()).toBe('-6');
  });

  it('keeps steps within the limits of the port', async () => {
    const { field } = await show('number', 0.9, { widget: { kind: 'number', min: 0, max: 1, step: 0.2 } });
    await field.click();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(held()).toBe('1');
    await field.fill('7');
    expect(problem()).toBe('At most 1. 1 is still used.');
  });

  it('restores the value from before with Escape, once; a second Escape is for the canvas', async () => {
    const outer = vi.fn();
    document.addEventListener('keydown', outer);
    const { field } = await show('number', 5);
    await field.fill('77');
    await userEvent.keyboard('{Escape}');
    await expect.element(field).toHaveValue('5');
    expect(held()).toBe('5');
    expect(outer.mock.calls.filter(([event]) => (event as KeyboardEvent).key === 'Escape')).toHaveLength(0);
    await userEvent.keyboard('{Escape}');
    expect(outer.mock.calls.filter(([event]) => (event as KeyboardEvent).key === 'Escape')).toHaveLength(1);
    document.removeEventListener('keydown', outer);
  });

  it('restores absence with Escape', async () => {
    const { field } = await show('number');
    await field.fill('77');
    await userEvent.keyboard('{Escape}');
    expect(held()).toBe('absent');
  });

  it('shows a value from outside, such as undo, even while one types', async () => {
    const { field } = await show('number', 5);
    await field.fill('57');
    setFromOutside(5);
    await expect.element(field).toHaveValue('5');
    setFromOutside(undefined);
    await expect.element(field).toHaveValue('');
  });

  it('shows a wrong literal of the file, with what is wrong', async () => {
    const { field } = await show('int', '007');
    await expect.element(field).toHaveValue('007');
    expect(problem()).toBe('Not a number.');
    expect(onChange).not.toHaveBeenCalled();
  });

  it('keeps the cursor where it is while the parent answers', async () => {
    const { field } = await show('number', 1234);
    const input = field.element() as HTMLInputElement;
    await field.click();
    input.setSelectionRange(1, 1);
    await userEvent.keyboard('9');
    await expect.element(field).toHaveValue('19234');
    expect(input.selectionStart).toBe(2);
  });
});

describe('a text field', () => {
  it('takes text as it stands', async () => {
    const { field } = await show('string');
    await field.fill('007');
    expect(held()).toBe('"007"');
    await field.fill(' true ');
    expect(held()).toBe('" true "');
  });

  it('takes the empty text as a value, apart from absence', async () => {
    const { field } = await show('string', 'a', { default: 'd' });
    await field.fill('');
    expect(held()).toBe('""');
    await expect.element(field).toHaveAttribute('placeholder', 'empty text');
    await page.getByRole('button', { name: 'Use the default of Field' }).click();
    expect(held()).toBe('absent');
    await expect.element(field).toHaveAttribute('placeholder', 'd');
  });

  it('keeps the line breaks of a value, and adds none with Enter', async () => {
    const { field } = await show('string', 'one\ntwo');
    await expect.element(field).toHaveValue('one\ntwo');
    await userEvent.type(field, '{Control>}{End}{/Control}{Enter}!');
    expect(held()).toBe('"one\\ntwo!"');
  });

  it('grows with its lines when it takes several', async () => {
    const { field } = await show('string', 'a', { widget: { kind: 'text', multiline: true } });
    const before = field.element().clientHeight;
    await userEvent.type(field, '{End}{Enter}b{Enter}c{Enter}d');
    expect(held()).toBe('"a\\nb\\nc\\nd"');
    expect(field.element().clientHeight).toBeGreaterThan(before);
  });
});

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

describe('a slider', () => {
  it('moves by keyboard in its steps and is typed beside it', async () => {
    await show('number', 0.3, { widget: { kind: 'slider', min: 0, max: 1, step: 0.1 } });
    const range = page.getByRole('slider', { name: 'Field' });
    await range.click({ position: { x: 1, y: 10 } });
    expect(held()).toBe('0');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(held()).toBe('0.3');
    await page.getByRole('spinbutton', { name: 'Field' }).fill('2');
    expect(problem()).toBe('At most 1. 0.3 is still used.');
  });
});

describe('a JSON field', () => {
  it('commits only what parses and fits, and says what is wrong in place', async () => {
    const { field } = await show('list<number>', [1]);
    await field.fill('[1, 2');
    expect(problem()).toBe('The JSON ends too early.');
    await field.fill('[1,\n x]');
    expect(problem()).toBe('Not valid JSON at line 2, column 2.');
    await field.fill('[1, "a"]');
    expect(problem()).toBe('[1] does not fit number.');
    expect(held()).toBe('[1]');
    await field.fill('[1, 2]');
    expect(problem()).toBe('');
    expect(held()).toBe('[1,2]');
  });

  it('keeps a broken text when one leaves, and restores with Escape', async () => {
    const { field } = await show('json', { a: 1 });
    await field.fill('{"a": ');
    await userEvent.tab();
    await expect.element(field).toHaveValue('{"a": ');
    await field.click();
    await userEvent.keyboard('{Escape}');
    await expect.element(field).toHaveValue('{"a": 1}');
  });

  it('takes null, zero and empty lists as values', async () => {
    const { field } = await show('json');
    for (const text of ['null', '0', '""', 'false', '[]']) {
      await field.fill(text);
      expect(held()).toBe(text);
    }
    await field.fill('');
    expect(held()).toBe('absent');
  });
});

describe('a field for several types', () => {
  it('reads JSON where it fits and text otherwise, and says which', async () => {
    const { field } = await show('int | string');
    await field.fill('12');
    expect(held()).toBe('12');
    await expect.element(field).toHaveAccessibleDescription('number');
    await field.fill('007');
    expect(held()).toBe('"007"');
    await expect.element(field).toHaveAccessibleDescription('text');
    await field.fill('"12"');
    expect(held()).toBe('"12"');
    await userEvent.tab();
    await expect.element(field).toHaveValue('"12"');
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
