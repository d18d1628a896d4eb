import type { Json } from '@loom/graph';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { forgetCalls, held, onChange, setFromOutside, show } from '../widgets/widget-fixture.js';

const value = (): Json => JSON.parse(held() === 'absent' ? '"absent"' : (held() ?? 'null')) as Json;
const number = (name: string) => page.getByRole('spinbutton', { name, exact: true });
const text = (name: string) => page.getByRole('textbox', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

beforeEach(forgetCalls);

describe('a list of numbers', () => {
  it('has a field for each number, which takes only numbers', async () => {
    await show('list<number>', [1, 2]);
    await number('Field 2').fill('1e400');
    await expect.element(page.getByText('Infinity and NaN cannot be stored here. 2 is still used.')).toBeVisible();
    await number('Field 2').fill('rubbish');
    expect(onChange).not.toHaveBeenCalled();
    await number('Field 2').fill('1e3');
    await expect.poll(value).toEqual([1, 1000]);
    await button('Add Field').click();
    await expect.element(number('Field 3')).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(value).toEqual([1, 1000, 1]);
  });

  it('has fields of one width, whatever the buttons of their rows', async () => {
    await show('list<number>', [1, 2, 3]);
    await expect.element(number('Field 3')).toBeVisible();
    const widths = [1, 2, 3].map((place) => number(`Field ${place}`).element().getBoundingClientRect().width);
    expect(widths).toEqual([widths[1], widths[1], widths[1]]);
  });

  it('begins with what is not there, and goes back to that', async () => {
    await show('list<int>', undefined, { default: [7] });
    await expect.element(number('Field 1')).toHaveValue('7');
    await button('Add Field').click();
    await expect.poll(value).toEqual([7, 0]);
    await button('Use the default of Field').click();
    await expect.poll(held).toBe('absent');
  });

  it('None is nothing, where absence means that', async () => {
    await show('list<int> | none', undefined, { default: null });
    await button('Add Field').click();
    await expect.poll(value).toEqual([0]);
    setFromOutside(null);
    await expect.poll(() => number('Field 1').query()).toBeNull();
  });

  it('draws so many rows, and leads to the text for the rest', async () => {
    await show(
      'list<int>',
      Array.from({ length: 250 }, (_, at) => at),
    );
    await expect.element(number('Field 100')).toHaveValue('99');
    expect(number('Field 101').query()).toBeNull();
    expect(button('Add Field').query()).toBeNull();
    await expect.element(page.getByText('150 more are not shown.')).toBeVisible();
    await button('Edit as JSON').first().click();
    await text('Field').fill('[1]');
    await expect.poll(value).toEqual([1]);
    await button('Edit in fields').click();
    await expect.element(number('Field 1')).toHaveValue('1');
  });
});

describe('a list of several places', () => {
  it('has a cell for each, and none can go', async () => {
    await show('tuple<int, string>');
    expect(button('Add Field').query()).toBeNull();
    await text('Field 2').fill('a');
    await expect.poll(value).toEqual([0, 'a']);
    await number('Field 1').fill('3');
    await expect.poll(value).toEqual([3, 'a']);
    expect(page.getByRole('button', { name: /Remove|Move/ }).query()).toBeNull();
  });
});

describe('a table of names', () => {
  it('entries are added, named, moved and removed by keys, and the focus goes along', async () => {
    await show('dict<string, number>');
    await text('New name in Field').fill('a');
    await userEvent.keyboard('{Enter}');
    await expect.element(number('Field: a')).toHaveFocus();
    await userEvent.keyboard('{Control>}a{/Control}2');
    await text('New name in Field').fill('b');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => held()).toBe('{"a":2,"b":0}');
    button('Move b up').element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => held()).toBe('{"b":0,"a":2}');
    await expect.element(button('Move b down')).toHaveFocus();
    await text('Name of Field: b').fill('a');
    await expect.element(text('Name of Field: b')).toHaveAttribute('aria-invalid', 'true');
    await text('Name of Field: b').fill('اسم');
    await userEvent.keyboard('{Tab}');
    await expect.poll(() => held()).toBe('{"اسم":0,"a":2}');
    await expect.element(number('Field: اسم')).toHaveFocus();
    await button('Remove اسم').click();
    await expect.poll(value).toEqual({ a: 2 });
  });

  it('what may be anything is written freely', async () => {
    await show('dict<string, any>', { a: 1 });
    await text('Field: a').fill('hello');
    await expect.poll(value).toEqual({ a: 'hello' });
  });
});

describe('a choice between kinds', () => {
  it('says in words which, and has the fields of the one that is there', async () => {
    await show('int | list<int>', [1]);
    const choice = page.getByRole('combobox', { name: 'Field', exact: true });
    await expect.element(choice).toHaveDisplayValue('List: number');
    await choice.selectOptions('number');
    await expect.poll(value).toBe(0);
    await number('Field').fill('5');
    await expect.poll(value).toBe(5);
  });
});
