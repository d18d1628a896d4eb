import { emptyDocument, type FlowDocument, type FlowEdge, type FlowFrame, type FlowNode } from '@loom/graph';
import { LoomEditor, type LoomEditorProps, type LoomHandle } from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useRef } from 'react';
import { expect, waitFor } from 'storybook/test';
import { storyLibrary } from '../story-engine.js';

const ROWS = 70;
const STEP = { x: 340, y: 220 };
/** Between regions, so that their names have room. */
const GAP = 500;
const SHADES = ['#5b8def', '#1c8046', '#e0a030', '#a05a2c', '#c23b8f'];

/** Chains of nodes one below the other, with a frame around ten beginnings at a time, and a note above. */
function wideFlow(count: number): FlowDocument {
  const nodes: Record<string, FlowNode> = {};
  const edges: Record<string, FlowEdge> = {};
  const frames: Record<string, FlowFrame> = {};
  for (let at = 0; at < count; at += 1) {
    const [column, row] = [Math.floor(at / ROWS), at % ROWS];
    const color = SHADES[(column + Math.floor(row / 10)) % SHADES.length] ?? '';
    nodes[`n${at}`] = {
      type: column === 0 ? 'loom/value-number' : 'loom/merge',
      label: `Step ${column + 1} of chain ${row + 1}`,
      position: { x: column * STEP.x, y: row * STEP.y + Math.floor(row / 10) * GAP },
      view: { color },
    };
    if (column > 0) {
      edges[`e${at}`] = { source: `n${at - ROWS}`, sourcePort: 'value', target: `n${at}`, targetPort: 'values' };
    }
  }
  for (let part = 0; part * 10 < ROWS; part += 1) {
    frames[`f${part}`] = {
      kind: 'frame',
      title: `Region ${part + 1}`,
      position: { x: -60, y: part * (10 * STEP.y + GAP) - 60 },
      size: { width: Math.min(20, Math.ceil(count / ROWS)) * STEP.x, height: 10 * STEP.y + 20 },
      color: SHADES[part % SHADES.length] ?? '',
    };
  }
  frames.note = {
    kind: 'note',
    text: '# Every region of the country',
    position: { x: -60, y: -1300 },
    size: { width: 6000, height: 640 },
  };
  return { ...emptyDocument, nodes, edges, frames };
}

function FarEditor(props: Pick<LoomEditorProps, 'defaultDocument' | 'theme'>) {
  const editor = useRef<LoomHandle>(null);
  useEffect(() => {
    // The canvas knows its size a frame after it is on the page.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => editor.current?.fitView()));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div style={{ height: '100vh' }}>
      <LoomEditor {...props} ref={editor} library={storyLibrary} />
    </div>
  );
}

const meta = {
  title: 'Editor/From far',
  component: FarEditor,
  args: { defaultDocument: wideFlow(5000) },
} satisfies Meta<typeof FarEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Five thousand nodes at once: too small to be read, they are one picture, in which one still selects and moves. */
export const FiveThousand: Story = {
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.loom-overview canvas')).toBeVisible());
    await waitFor(() => expect(canvasElement.querySelectorAll('.react-flow__node')).toHaveLength(0));
  },
};

export const FiveThousandDark: Story = { ...FiveThousand, args: { theme: 'dark' } };

/** A few hundred: titles can still be made out. */
export const FewHundred: Story = { ...FiveThousand, args: { defaultDocument: wideFlow(490) } };
