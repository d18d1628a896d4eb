import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { forgetCalls, held, onChange, onClear, problem, setFromOutside, show } from './widget-fixture.js';

beforeEach(forgetCalls);

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
