import { emptyDocument, type FlowDocument } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';

const SOURCES = {
  number: 'def number():\n    return 1234.5\n',
  text: 'def text():\n    return "To see a world in a grain of sand,\\nand a heaven in a wild flower." * 3\n',
  tree: 'def tree():\n    return {"name": "Ada", "born": {"year": 1815, "city": "London"}, "notes": ["A", "B", "G"], "alive": False}\n',
  markdown: `
class Note:
    def _repr_markdown_(self):
        return "## Findings\\n\\n1. **Gentoo** are the heaviest\\n2. \`n = 342\` after cleaning\\n\\n| species | g |\\n|---|---|\\n| Adelie | 3701 |"

def markdown():
    return Note()
`,
  html: `
class Page:
    def _repr_html_(self):
        return "<h3>Report</h3><p>A page in a <em>sandbox</em>.</p><script>document.body.remove()</script>"

def html():
    return Page()
`,
  drawing: `
class Drawing:
    def _repr_svg_(self):
        rings = "".join(f'<circle cx="60" cy="40" r="{r}" fill="none" stroke="#4c78a8" stroke-width="2"/>' for r in range(6, 40, 6))
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80">{rings}</svg>'

def drawing():
    return Drawing()
`,
  image: `
import struct, zlib

class Image:
    def _repr_png_(self):
        rows = b"".join(b"\\0" + bytes(v for x in range(96) for v in (x * 2, y * 3, 160)) for y in range(64))
        chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        head = struct.pack(">IIBBBBB", 96, 64, 8, 2, 0, 0, 0)
        return b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

def image():
    return Image()
`,
  gallery: `
class Swatch:
    def __init__(self, hue):
        self.hue = hue

    def _repr_svg_(self):
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 36"><rect width="240" height="36" rx="6" fill="hsl({self.hue} 60% 60%)"/></svg>'

    def __repr__(self):
        return f"hue {self.hue}"

def gallery():
    return [Swatch(hue) for hue in range(0, 360, 24)]
`,
  table: `

def table(rows: int = 100000) -> list:
    """A long table: only the rows that one sees are sent."""
    kinds = ["adelie", "chinstrap", "gentoo"]
    return [{"id": n, "kind": kinds[n % 3], "mass": 3000 + (n * 7919) % 2500, "ringed": n % 4 == 0} for n in range(rows)]
`,
} as const;

const names = Object.keys(SOURCES) as (keyof typeof SOURCES)[];

const flow: FlowDocument = {
  ...emptyDocument,
  title: 'Every kind of value',
  nodes: Object.fromEntries(
    names.map((name, at) => [name, { type: name, position: { x: (at % 4) * 300, y: Math.floor(at / 4) * 330 } }]),
  ),
  types: Object.fromEntries(names.map((name) => [name, { kind: 'python', source: SOURCES[name].trimStart() }])),
};

const meta = {
  title: 'Viewers/Kinds',
  component: StoryEditor,
  args: { defaultDocument: flow },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function run(canvasElement: HTMLElement, shown?: keyof typeof SOURCES) {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  await canvas.findByText(/^Done in/);
  if (shown !== undefined) {
    const title = canvasElement.querySelector(`.react-flow__node[data-id="${shown}"] .loom-node-title`);
    await userEvent.click(title as Element);
  }
  return canvas;
}

/** Each kind of value as its node shows it. */
export const OnNodes: Story = {
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await expect(await canvas.findByRole('heading', { name: 'Findings' })).toBeVisible();
    const frame = await waitFor(() => {
      const found = canvasElement.querySelector('iframe');
      expect(found).not.toBeNull();
      return found;
    });
    await expect(frame?.getAttribute('sandbox')).not.toContain('allow-scripts');
  },
};

/** Objects and lists unfold. */
export const Tree: Story = {
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement, 'tree');
    const inspector = within(await canvas.findByRole('complementary', { name: 'Inspector' }));
    await expect(await inspector.findByRole('tree')).toBeVisible();
  },
};

/** A list of things that have looks of their own shows each as it looks, and says how many more there are. */
export const Gallery: Story = {
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement, 'gallery');
    const inspector = within(await canvas.findByRole('complementary', { name: 'Inspector' }));
    await expect(await inspector.findByText('and 3 more')).toBeVisible();
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-inspector .loom-gallery img').length).toBe(12));
  },
};

/** A table of 100,000 rows, sorted and filtered where it is; the page has only what one sees. */
export const LongTable: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement, 'table');
    await userEvent.click(await canvas.findByRole('button', { name: 'Show it large' }));
    const dialog = within(await canvas.findByRole('dialog', { name: 'Preview' }));
    await userEvent.click(await dialog.findByRole('button', { name: /^mass/ }));
    await expect(await dialog.findByText(/100,000 rows/)).toBeVisible();
  },
};

/** What a page of HTML says is shown in a sandbox: its scripts do not run. */
export const Html: Story = {
  play: async ({ canvasElement }) => {
    await run(canvasElement, 'html');
    await waitFor(() => expect(canvasElement.querySelectorAll('iframe').length).toBeGreaterThan(1));
  },
};
