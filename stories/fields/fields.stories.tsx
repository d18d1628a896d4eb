import { type JsonObject, load } from '@loom/graph';
import { LoomApp } from '@loom/react/app';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';
import { createStoryEngine } from '../story-engine.js';

const CHART: JsonObject = {
  title: 'Chart',
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 3, description: 'Stands above the chart.' },
    kind: { enum: ['line', 'bar', 'area'], default: 'line' },
    width: { type: 'number', minimum: 0, maximum: 200, unit: 'mm' },
    bins: { type: 'integer', minimum: 1, default: 10 },
    grid: { type: 'boolean', default: true },
    notes: { type: 'string', format: 'multi-line' },
    since: { type: 'string', format: 'date' },
    contact: { type: 'string', format: 'email' },
    labels: { type: 'array', items: { type: 'string' }, maxItems: 5 },
    origin: { $ref: '#/$defs/point' },
    marks: { type: 'array', items: { $ref: '#/$defs/point' } },
    fill: {
      oneOf: [
        { title: 'Color', type: 'string', format: 'color' },
        {
          title: 'Pattern',
          type: 'object',
          properties: { kind: { const: 'pattern' }, name: { type: 'string' } },
          required: ['kind'],
        },
      ],
    },
    id: { type: 'string', readOnly: true },
  },
  required: ['title'],
  $defs: {
    point: {
      title: 'Point',
      type: 'object',
      properties: { x: { type: 'number' }, y: { type: 'number' } },
      required: ['x', 'y'],
    },
  },
};

/** An input for each type of port, and for each field that one can ask for. */
const INPUTS = {
  number: { type: 'number', default: 1.5 },
  whole: { type: 'int', default: 3 },
  length: { type: 'number', widget: { kind: 'slider', min: 0, max: 50, unit: 'mm' }, default: 12 },
  text: { type: 'string', default: 'text' },
  lines: { type: 'string', widget: { kind: 'text', multiline: true }, default: 'two\nlines' },
  switch: { type: 'bool', default: true },
  choice: { type: '"red" | "green"', default: 'red' },
  date: { type: 'string', widget: { kind: 'date' }, default: '2026-11-20' },
  time: { type: 'string', widget: { kind: 'time' }, default: '09:30' },
  moment: { type: 'string', widget: { kind: 'date-time' }, default: '2026-11-20T09:30' },
  color: { type: 'string', widget: { kind: 'color' }, default: '#2b62d9' },
  file: { type: 'file', required: false },
  bytes: { type: 'bytes', required: false },
  anything: { type: 'any', default: 7 },
  several: { type: 'int | string', default: 'x' },
  maybe: { type: 'int | none', default: null },
  texts: { type: 'list<string>', default: ['one', 'two'] },
  numbers: { type: 'list<number>', default: [1, 2, 3] },
  pair: { type: 'tuple<int, string>', default: [1, 'a'] },
  table: { type: 'dict<string, number>', default: { a: 1 } },
  json: { type: 'json', default: { a: [1, null] } },
  frame: { type: 'DataFrame', required: false },
} as const;

const SOURCE = 'export default (inputs) => ({ all: JSON.stringify(inputs) });\n';

function flowOf(inputs: JsonObject, values: JsonObject, promoted: readonly string[] = []) {
  return load({
    loom: 1,
    title: 'Fields',
    nodes: { node: { type: 'node', position: { x: 0, y: 0 }, inputs: values } },
    inputs: Object.fromEntries(promoted.map((port) => [port, { node: 'node', port }])),
    types: {
      node: { kind: 'javascript', title: 'Everything', source: SOURCE, inputs, outputs: { all: { type: 'string' } } },
    },
  }).document;
}

const everyField = flowOf(INPUTS, {});
const wrongFields = flowOf(INPUTS, {
  number: 'many',
  whole: 1.5,
  switch: 'yes',
  choice: 'blue',
  date: '2026-02-30',
  time: '25:00',
  moment: 'soon',
  color: 'mauve-ish',
  texts: 'one',
  numbers: ['1'],
  table: [1],
});
const chart = { chart: { type: 'json', title: 'Chart', widget: { kind: 'form', schema: CHART } } } as const;
const chartFlow = flowOf(chart, {
  chart: {
    title: 'Rain in Seattle',
    width: 120,
    since: '2012-01-01',
    labels: ['rain', 'snow'],
    origin: { x: 0, y: 1 },
    marks: [{ x: 1, y: 2 }],
    fill: '#2b62d9',
    id: 'c-17',
  },
});
const wrongChart = flowOf(chart, {
  chart: {
    title: 'R',
    kind: 'pie',
    width: 900,
    contact: 'nobody',
    labels: [1],
    origin: 7,
    fill: [],
    extra: { kept: true },
  },
});

/** Selects the node, so that its inputs are in the inspector. */
async function inspect(canvasElement: HTMLElement) {
  const canvas = within(canvasElement);
  await canvas.findByRole('button', { name: 'Run flow' });
  const title = await waitFor(() => {
    const found = canvasElement.querySelector<HTMLElement>('.react-flow__node .loom-node-title');
    if (found === null) throw new Error('The node is not drawn yet.');
    return found;
  });
  await userEvent.click(title);
  return within(await canvas.findByRole('complementary', { name: 'Inspector' }));
}

const meta = {
  title: 'Fields/Inputs',
  component: StoryEditor,
  args: { defaultDocument: everyField },
  argTypes: { theme: { control: 'inline-radio', options: ['light', 'dark', 'system'] } },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Each type of port has a field, on the node where it is small and in the inspector. What is grey is the default. */
export const EveryField: Story = {
  play: async ({ canvasElement }) => {
    const inspector = await inspect(canvasElement);
    await inspector.findByRole('textbox', { name: 'Date' });
    const fields = canvasElement.querySelectorAll('.loom-inspector .loom-port-field');
    await expect(fields).toHaveLength(Object.keys(INPUTS).length);
    for (const field of fields) {
      await waitFor(() =>
        expect(field.querySelector('input, select, textarea, .loom-widget button, .loom-widget-wire')).not.toBeNull(),
      );
    }
  },
};

export const EveryFieldDark: Story = { ...EveryField, args: { theme: 'dark' } };

/** What a file holds may fit nothing: it is shown as it is, with what is wrong, and kept. */
export const WrongValues: Story = {
  args: { defaultDocument: wrongFields },
  play: async ({ canvasElement }) => {
    const inspector = await inspect(canvasElement);
    await expect(await inspector.findByRole('textbox', { name: 'Moment' })).toHaveValue('soon');
    await waitFor(() =>
      expect(canvasElement.querySelectorAll('.loom-inspector [aria-invalid="true"]').length).toBeGreaterThan(8),
    );
  },
};

/** A value that a JSON Schema describes: objects, lists, choices, dates and numbers with a unit. */
export const Form: Story = {
  args: { defaultDocument: chartFlow },
  play: async ({ canvasElement }) => {
    const inspector = await inspect(canvasElement);
    await expect(await inspector.findByRole('textbox', { name: 'Chart: Title' })).toHaveValue('Rain in Seattle');
    await userEvent.click(await inspector.findByRole('button', { name: 'Add Chart: Labels' }));
    await waitFor(() => expect(inspector.getByRole('textbox', { name: 'Chart: Labels 3' })).toHaveFocus());
    await userEvent.keyboard('hail');
    await expect(await within(canvasElement).findByRole('button', { name: 'Undo: Set Chart' })).toBeVisible();
  },
};

export const FormDark: Story = { ...Form, args: { defaultDocument: chartFlow, theme: 'dark' } };

/** A value that does not fit its schema, with what is wrong at each place. */
export const WrongForm: Story = {
  args: { defaultDocument: wrongChart },
  play: async ({ canvasElement }) => {
    const inspector = await inspect(canvasElement);
    await expect(await inspector.findByText('At least 3 characters.')).toBeVisible();
    await expect(await inspector.findByText('This is no email.')).toBeVisible();
  },
};

const LOOK = `from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from loom import Color, Range


@dataclass
class Mark:
    at: date
    color: Annotated[str, Color()] = "#2b62d9"


@dataclass
class Look:
    title: str
    kind: Literal["line", "bar"] = "line"
    width: Annotated[int, Range(1, 10), "In points"] = 2
    marks: list[Mark] | None = None


def draw(look: Look, until: date) -> str:
    days = [(until - mark.at).days for mark in look.marks or []]
    return f"{look.title}: {look.kind}, {look.width}, {days}"
`;

const pythonFlow = load({
  loom: 1,
  nodes: {
    draw: {
      type: 'draw',
      position: { x: 0, y: 0 },
      inputs: { look: { title: 'Rain', marks: [{ at: '2026-11-18' }] }, until: '2026-11-20' },
    },
  },
  types: { draw: { kind: 'python', source: LOOK, entry: 'draw' } },
}).document;

/** Python: the fields of a dataclass, and a date. The function gets both as what its annotations say. */
export const OfADataclass: Story = {
  args: { defaultDocument: pythonFlow },
  play: async ({ canvasElement }) => {
    const inspector = await inspect(canvasElement);
    const title = await inspector.findByRole('textbox', { name: 'Look: Title' });
    await userEvent.type(title, ' here');
    await userEvent.click(await within(canvasElement).findByRole('button', { name: 'Run flow' }));
    await waitFor(
      () =>
        expect(canvasElement.querySelector('.react-flow__node .loom-node-preview')).toHaveTextContent(
          'Rain here: line, 2, [2]',
        ),
      { timeout: 60_000 },
    );
  },
};

/** The same form where the flow is an app. It runs only with what its schema allows. */
export const FormOfAnApp: Story = {
  render: () => <App />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const title = await canvas.findByRole('textbox', { name: 'Chart: Title' });
    await userEvent.type(title, 'R');
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }));
    await waitFor(() => expect(title).toHaveFocus());
    await userEvent.type(title, 'ain');
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }));
    await canvas.findByText(/"title":"Rain"/, undefined, { timeout: 20_000 });
  },
};

const appFlow = flowOf(chart, {}, ['chart']);

function App(): ReactNode {
  const [engine] = useState(createStoryEngine);
  useEffect(() => () => void engine.dispose(), [engine]);
  return <LoomApp document={appFlow} engine={engine} />;
}
