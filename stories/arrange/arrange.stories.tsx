import { emptyDocument, type FlowDocument, type FlowEdge, type FlowNode, load } from '@loom/graph';
import { LoomEditor, type LoomEditorProps, type LoomHandle } from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useRef } from 'react';
import { expect, fireEvent, waitFor, within } from 'storybook/test';
import nested from '../../examples/flows/patterns/nested-zones.loom.json' with { type: 'json' };
import weather from '../../examples/flows/seattle-weather.loom.json' with { type: 'json' };
import { storyLibrary } from '../story-engine.js';

/** Numbers that look thrown, and are the same each time. */
function thrown(at: number): number {
  return Math.abs(Math.sin((at + 1) * 12.9898) * 43758.5453) % 1;
}

/** The same flow with its outermost nodes strewn over the canvas. What lies in them goes along. */
function strewn(flow: FlowDocument, spread: number): FlowDocument {
  const shiftOf = (id: string): { x: number; y: number } => {
    const { parent, position } = flow.nodes[id] as FlowNode;
    if (parent !== undefined) return shiftOf(parent);
    const at = Object.keys(flow.nodes).indexOf(id);
    return {
      x: Math.round(thrown(at) * spread - position.x),
      y: Math.round((thrown(at + 50) * spread) / 2 - position.y),
    };
  };
  const nodes = Object.entries(flow.nodes).map(([id, node]) => {
    const { x, y } = shiftOf(id);
    return [id, { ...node, position: { x: node.position.x + x, y: node.position.y + y } }];
  });
  return { ...flow, nodes: Object.fromEntries(nodes) };
}

/** A flow of layers, each fed by two nodes of the one before. */
function layers(count: number, inEach: number): FlowDocument {
  const nodes: Record<string, FlowNode> = {};
  const edges: Record<string, FlowEdge> = {};
  for (let at = 0; at < count; at += 1) {
    const layer = Math.floor(at / inEach);
    nodes[`n${at}`] = {
      type: layer === 0 ? 'loom/value-number' : 'loom/merge',
      label: `Step ${layer + 1}.${(at % inEach) + 1}`,
      position: { x: Math.round(thrown(at) * 9000), y: Math.round(thrown(at + 300) * 6000) },
    };
    if (layer === 0) continue;
    for (const by of [0, 1]) {
      const source = `n${(layer - 1) * inEach + ((at * 3 + by * 5) % inEach)}`;
      edges[`e${at}.${by}`] = { source, sourcePort: 'value', target: `n${at}`, targetPort: 'values' };
    }
  }
  return { ...emptyDocument, nodes, edges };
}

function TidyEditor(props: Pick<LoomEditorProps, 'defaultDocument' | 'theme' | 'layoutWorkerUrl'>) {
  const editor = useRef<LoomHandle>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => editor.current?.fitView()));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div style={{ height: '100vh' }}>
      <LoomEditor {...props} ref={editor} library={storyLibrary} onCommit={() => editor.current?.fitView()} />
    </div>
  );
}

const meta = {
  title: 'Editor/Tidying up',
  component: TidyEditor,
  args: { defaultDocument: strewn(load(weather).document, 1400) },
} satisfies Meta<typeof TidyEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

type Play = NonNullable<Story['play']>;

function pressTidyUp(canvasElement: HTMLElement): void {
  const canvas = canvasElement.querySelector('.loom-canvas');
  if (canvas === null) throw new Error('There is no canvas.');
  fireEvent.keyDown(canvas, { key: 'T', code: 'KeyT', altKey: true, shiftKey: true });
}

/** Presses the keys, and waits until undo offers to take the layout back. */
const tidied: Play = async ({ canvasElement }) => {
  const canvas = within(canvasElement);
  await waitFor(() => expect(canvasElement.querySelector('.react-flow__viewport')).not.toBeNull());
  pressTidyUp(canvasElement);
  await expect(await canvas.findByRole('button', { name: /^Undo.*Tidy up/ })).toBeVisible();
};

/** Nodes that were thrown anywhere. */
export const Before: Story = {};

/** Each stands right of what feeds it, with few wires that cross. */
export const After: Story = { play: tidied };

export const AfterDark: Story = { ...After, args: { theme: 'dark' } };

/** Zones are laid out with what lies in them; a frame goes around its nodes, and a note stays. */
const zones: FlowDocument = {
  ...strewn(load(nested).document, 1800),
  frames: {
    note: {
      kind: 'note',
      text: '## A note\n\nIt stays where it is.',
      position: { x: -420, y: -160 },
      size: { width: 260, height: 120 },
      color: '#e0a030',
    },
  },
};

export const Zones: Story = { args: { defaultDocument: zones }, play: tidied };

export const ZonesDark: Story = { ...Zones, args: { defaultDocument: zones, theme: 'dark' } };

/** Of a thousand nodes a worker takes care. */
export const ThousandNodes: Story = { args: { defaultDocument: layers(1000, 25) }, play: tidied };

export const ThousandNodesDark: Story = {
  ...ThousandNodes,
  args: { defaultDocument: layers(1000, 25), theme: 'dark' },
};

/** While it computes one can go on looking, and stop it. */
export const Computing: Story = {
  args: {
    defaultDocument: layers(300, 20),
    // A worker that never answers.
    layoutWorkerUrl: `data:text/javascript,`,
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.react-flow__viewport')).not.toBeNull());
    pressTidyUp(canvasElement);
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getByText('Tidying up 300 nodes …')).toBeVisible());
    await expect(await canvas.findByRole('button', { name: 'Stop tidying up' })).toBeVisible();
  },
};
