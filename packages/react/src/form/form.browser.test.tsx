import type { Json, JsonObject } from '@loom/graph';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { forgetCalls, held, onChange, setFromOutside, show } from '../widgets/widget-fixture.js';

const CHART: JsonObject = {
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 2, description: 'Above the chart' },
    width: { type: 'number', minimum: 0, maximum: 10, unit: 'mm' },
    kind: { enum: ['line', 'bar'] },
    contact: { type: 'string', format: 'email' },
    labels: { type: 'array', items: { type: 'string' }, maxItems: 3, uniqueItems: true },
    origin: { $ref: '#/$defs/point' },
    fill: {
      oneOf: [
        { title: 'Color', type: 'string', format: 'color' },
        {
          title: 'Pattern',
          type: 'object',
          properties: { name: { type: 'string' }, kind: { const: 'pattern' } },
          required: ['kind'],
        },
      ],
    },
    id: { type: 'string', readOnly: true },
  },
  required: ['title'],
  $defs: { point: { type: 'object', properties: { x: { type: 'number' }, y: { type: 'number' } }, required: ['x'] } },
};

const open = async (schema: JsonObject, start?: Json, readOnly = false) => {
  const shown = await show('json', start, { widget: { kind: 'form', schema } }, readOnly);
  await expect.element(page.getByRole('group', { name: 'Field' }).first()).toBeVisible();
  return shown;
};
const value = (): Json => JSON.parse(held() ?? 'null') as Json;

beforeEach(forgetCalls);

describe('a form', () => {
  it('writes only what one fills in, and changes nothing by being shown', async () => {
    await open(CHART, { title: 'Sales', kind: 'pie', more: [1] });
    expect(onChange).not.toHaveBeenCalled();
    await page.getByRole('textbox', { name: 'Field: Title' }).fill('Costs');
    await expect.poll(value).toEqual({ title: 'Costs', kind: 'pie', more: [1] });
  });

  it('shows what is wrong at its field, and keeps it', async () => {
    await open(CHART, { title: 'S', width: 'wide', kind: 'pie', contact: 'nobody' });
    await expect.element(page.getByText('At least 2 characters.')).toBeVisible();
    await expect.element(page.getByText('Not a number.')).toBeVisible();
    await expect.element(page.getByText('pie (not a choice)').last()).toBeVisible();
    await expect.element(page.getByText('This is no email.')).toBeVisible();
    await expect.element(page.getByRole('spinbutton', { name: 'Field: Width' })).toHaveValue('wide');
    await page.getByRole('textbox', { name: 'Field: Contact' }).fill('a@example.org');
    await expect.poll(() => page.getByText('This is no email.').query()).toBeNull();
    expect(value()).toMatchObject({ width: 'wide', kind: 'pie', contact: 'a@example.org' });
  });

  it('a value of another shape is shown as JSON with what is wrong', async () => {
    await open(CHART, [1, 2]);
    await expect.element(page.getByRole('textbox', { name: 'Field' })).toHaveValue('[1, 2]');
    await expect.element(page.getByText('This does not fit object.')).toBeVisible();
  });

  it('a part that is missing is added and taken away again', async () => {
    await open(CHART, { title: 'Sales' });
    await page.getByRole('button', { name: 'Add Field: Origin' }).click();
    await expect.poll(value).toEqual({ title: 'Sales', origin: {} });
    await page.getByRole('spinbutton', { name: 'Field: Origin: X' }).fill('3');
    await expect.poll(value).toEqual({ title: 'Sales', origin: { x: 3 } });
    await page.getByRole('button', { name: 'Remove Field: Origin' }).click();
    await expect.poll(value).toEqual({ title: 'Sales' });
  });

  it('rows are added, moved and removed by keys alone, and the focus stays with them', async () => {
    await open(CHART, { title: 'Sales', labels: ['a', 'b'] });
    page.getByRole('button', { name: 'Move Field: Labels 1 down' }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(value).toMatchObject({ labels: ['b', 'a'] });
    await expect.element(page.getByRole('button', { name: 'Move Field: Labels 2 up' })).toHaveFocus();
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByRole('button', { name: 'Remove Field: Labels 2' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(value).toMatchObject({ labels: ['b'] });
    await expect.element(page.getByRole('button', { name: 'Remove Field: Labels 1' })).toHaveFocus();
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.element(page.getByRole('textbox', { name: 'Field: Labels 2' })).toHaveFocus();
    await userEvent.keyboard('b');
    await expect.poll(value).toMatchObject({ labels: ['b', 'b'] });
    await expect.element(page.getByText('No entry may be there twice.')).toBeVisible();
    await userEvent.keyboard('c');
    await expect.poll(() => page.getByText('No entry may be there twice.').query()).toBeNull();
    await page.getByRole('button', { name: 'Add Field: Labels' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Add Field: Labels' }).query()).toBeNull();
  });

  it('one chooses between forms by their titles', async () => {
    await open(CHART, { title: 'Sales', fill: '#aabb33' });
    const choice = page.getByRole('combobox', { name: 'Field: Fill' });
    await expect.element(choice).toHaveDisplayValue('Color');
    await choice.selectOptions('Pattern');
    await expect.poll(value).toEqual({ title: 'Sales', fill: { kind: 'pattern' } });
    await page.getByRole('textbox', { name: 'Field: Fill: Name' }).fill('dots');
    await expect.poll(value).toEqual({ title: 'Sales', fill: { kind: 'pattern', name: 'dots' } });
    setFromOutside({ title: 'Sales', fill: 'red' });
    await expect.element(choice).toHaveDisplayValue('Color');
  });

  it('entries of an open object have names that one gives', async () => {
    await open({ type: 'object', additionalProperties: { type: 'integer' } }, { a: 1 });
    await page.getByRole('textbox', { name: 'New name in Field' }).fill('a');
    await expect
      .element(page.getByRole('textbox', { name: 'New name in Field' }))
      .toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('textbox', { name: 'New name in Field' }).fill('b');
    await userEvent.keyboard('{Enter}');
    await expect.poll(value).toEqual({ a: 1, b: 0 });
    await page.getByRole('button', { name: 'Remove a' }).click();
    await expect.poll(value).toEqual({ b: 0 });
  });

  it('what can only be read stays as it is', async () => {
    await open(CHART, { title: 'Sales', id: 'c1' });
    await expect.element(page.getByRole('textbox', { name: 'Field: Id' })).toHaveAttribute('readonly');
    await expect.element(page.getByRole('textbox', { name: 'Field: Title' })).not.toHaveAttribute('readonly');
  });

  it('all of it can be made absent again', async () => {
    await open(CHART, { title: 'Sales' });
    await page.getByRole('button', { name: 'Clear Field' }).last().click();
    await expect.poll(held).toBe('absent');
  });

  it('a schema that holds itself ends', async () => {
    const tree: JsonObject = {
      type: 'object',
      properties: { name: { type: 'string' }, child: { $ref: '#' } },
    };
    await open(tree, { name: 'a', child: { name: 'b' } });
    await expect.element(page.getByRole('textbox', { name: 'Field: Child: Name' })).toHaveValue('b');
    await expect.element(page.getByRole('button', { name: 'Add Field: Child: Child' })).toBeVisible();
  });
});

describe('a field with a picker', () => {
  it('a date is typed, stepped by the arrow keys, and kept when it is wrong', async () => {
    const { field } = await show('string', '2026-11-20', { widget: { kind: 'date' } });
    await expect.element(field).toHaveValue('2026-11-20');
    await field.click();
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(held).toBe('"2026-11-21"');
    await field.fill('2026-02-30');
    await expect.element(page.getByText('A date is needed, such as 2026-11-20.')).toBeVisible();
    expect(held()).toBe('"2026-11-21"');
    await field.fill('');
    await expect.poll(held).toBe('absent');
  });

  it('a wrong value of a file is shown and marked', async () => {
    const { field } = await show('string', 'tomorrow', { widget: { kind: 'date-time' } });
    await expect.element(field).toHaveValue('tomorrow');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    expect(onChange).not.toHaveBeenCalled();
  });

  it('a colour comes from the picker or as text', async () => {
    await show('string', '#aabb33', { widget: { kind: 'color' } });
    const field = page.getByRole('textbox', { name: 'Field', exact: true });
    await page.getByLabelText('Choose Field').fill('#112233');
    await expect.poll(held).toBe('"#112233"');
    await field.fill('rebeccapurple');
    await expect.poll(held).toBe('"rebeccapurple"');
    await field.fill('no colour');
    await expect.element(page.getByText('A color is needed, such as #1c8046.')).toBeVisible();
  });

  it('a list of texts needs no quotes', async () => {
    await show('list<string>', ['a']);
    await page.getByRole('textbox', { name: 'Field 1' }).fill('say "hi"');
    await expect.poll(held).toBe(JSON.stringify(['say "hi"']));
  });
});
