import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { forgetCalls, held, problem, show } from './widget-fixture.js';

beforeEach(forgetCalls);

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

describe('a JSON field', () => {
  it('commits only what parses and fits, and says what is wrong in place', async () => {
    const { field } = await show('list<number>', [1], { widget: { kind: 'json' } });
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
