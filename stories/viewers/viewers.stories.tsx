import { emptyDocument, type FlowDocument } from '@loom/graph';
import { figureView } from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';

/** What values show of themselves, by the conventions of notebooks. */
const SOURCES = {
  waves: `
import math

def waves(rows: int = 4000) -> list:
    """Two waves."""
    return [{"sine": math.sin(n / 60), "cosine": 2 * math.cos(n / 100), "name": f"row {n}"} for n in range(rows)]
`,
  sound: `
import io, math, struct, wave

class Sound:
    def __init__(self, samples):
        self.samples = samples

    def _repr_mimebundle_(self, **_):
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(8000)
            out.writeframes(b"".join(struct.pack("<h", int(9000 * s)) for s in self.samples))
        return {"audio/wav": file.getvalue(), "text/plain": f"{len(self.samples)} samples"}

def sound(pitch: float = 440.0):
    """A tone of a second."""
    return Sound([math.sin(2 * math.pi * pitch * n / 8000) for n in range(8000)])
`,
  file: `
class Report:
    def _repr_mimebundle_(self, **_):
        return {"application/pdf": b"%PDF-1.4 of this story", "text/plain": "a report"}

def file():
    """A file to take away."""
    return Report()
`,
  bars: `
class Bars:
    def _repr_mimebundle_(self, **_):
        return {"application/vnd.story.bars+json": [3, 7, 4, 9, 5], "text/plain": "five bars"}

def bars():
    """A figure that only this app can draw."""
    return Bars()
`,
} as const;

const names = Object.keys(SOURCES) as (keyof typeof SOURCES)[];

const flow: FlowDocument = {
  ...emptyDocument,
  title: 'Viewers',
  nodes: Object.fromEntries(
    names.map((name, at) => [name, { type: name, position: { x: (at % 2) * 320, y: Math.floor(at / 2) * 340 } }]),
  ),
  types: Object.fromEntries(names.map((name) => [name, { kind: 'python', source: SOURCES[name].trimStart() }])),
};

/** A drawing library that loads when the first figure is shown, as Vega-Lite or Plotly would. */
const bars = figureView(async () => (place, data, { color }) => {
  const heights = Array.isArray(data) ? data.map(Number) : [];
  place.innerHTML = `<svg viewBox="0 0 ${heights.length * 20} 100" height="100%" role="img" aria-label="Bars">${heights
    .map((height, at) => `<rect x="${at * 20 + 2}" y="${100 - height * 10}" width="16" height="${height * 10}" />`)
    .join('')}</svg>`;
  place.style.cssText = `height: 120px; fill: ${color}`;
  return undefined;
});

const meta = {
  title: 'Viewers/By kind',
  component: StoryEditor,
  args: { defaultDocument: flow, previews: { 'application/vnd.story.bars+json': bars } },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function run(canvasElement: HTMLElement) {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  await canvas.findByText(/^Done in/);
  return canvas;
}

async function select(canvasElement: HTMLElement, id: string): Promise<void> {
  const title = canvasElement.querySelector(`.react-flow__node[data-id="${id}"] .loom-node-title`);
  if (title === null) throw new Error(`There is no node ${id}.`);
  await userEvent.click(title);
}

/** Each node shows its result by the richest view: a table, a sound, a file, a figure of the app. */
export const OnNodes: Story = {
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await expect(await canvas.findByRole('img', { name: 'Bars' })).toBeVisible();
    await expect(canvasElement.querySelector('audio')).not.toBeNull();
    await expect(await canvas.findByText('PDF')).toBeVisible();
  },
};

/** The numbers of a table as lines. The rows that are not here are fetched. */
export const Plot: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await select(canvasElement, 'waves');
    await userEvent.click(await canvas.findByRole('button', { name: 'Plot' }));
    await expect(await canvas.findByRole('img', { name: 'Plot of sine, cosine' })).toBeVisible();
  },
};

/** Over the whole window, until Escape. */
export const Large: Story = {
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await select(canvasElement, 'waves');
    await userEvent.click(await canvas.findByRole('button', { name: 'Show it large' }));
    await expect(await canvas.findByRole('dialog', { name: 'Preview' })).toBeVisible();
  },
};
