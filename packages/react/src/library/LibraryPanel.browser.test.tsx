import { type NodeType, parsePortType, type Shelf } from '@loom/graph';
import { type ReactNode, StrictMode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { LibraryPanel, type LibraryPanelProps } from './LibraryPanel.js';
import { NODE_TYPE_MIME } from './node-type-mime.js';

function type(title: string, category?: string, rest: Partial<NodeType> = {}): NodeType {
  return {
    id: `t/${title}`,
    title,
    ...(category === undefined ? {} : { category }),
    version: 1,
    inputs: [],
    outputs: [],
    pure: true,
    implementation: { kind: 'missing' },
    problems: [],
    ...rest,
  };
}

const shelves: readonly Shelf[] = [
  {
    name: 'builtin',
    types: [
      type('Read JSON', 'Data/Files', {
        description: 'Reads a file. And more.',
        inputs: [{ id: 'path', title: 'path', type: parsePortType('string'), required: false }],
        outputs: [{ id: 'value', title: 'value', type: parsePortType('list<json>') }],
      }),
      type('Filter rows', 'Data/Table'),
    ],
  },
  { name: 'My app', types: [type('Greet')] },
];

const onAdd = vi.fn<(id: string) => void>();
beforeEach(() => onAdd.mockClear());

function panel(props: Partial<LibraryPanelProps> = {}): ReactNode {
  return (
    <StrictMode>
      <div className="loom" style={{ width: 240, height: 400 }}>
        <LibraryPanel shelves={shelves} onAdd={onAdd} {...props} />
      </div>
    </StrictMode>
  );
}

const item = (name: string) => page.getByRole('treeitem', { name });

describe('LibraryPanel', () => {
  it('groups by category, and by shelf where there is none', async () => {
    await render(panel());
    for (const name of ['Data › Files', 'Data › Table', 'My app']) await expect.element(item(name)).toBeVisible();
    await expect.element(page.getByText('Reads a file.', { exact: true })).toBeVisible();
    await item('Data › Files').click();
    await expect.element(page.getByText('Read JSON')).not.toBeInTheDocument();
  });

  it('adds by double click, by its button and by Enter', async () => {
    await render(panel());
    await item('Filter rows').dblClick();
    await item('Read JSON').hover();
    await page.getByRole('button', { name: 'Add Read JSON' }).click();
    await item('Greet').click();
    await userEvent.keyboard('{Enter}');
    expect(onAdd.mock.calls.flat()).toEqual(['t/Filter rows', 't/Read JSON', 't/Greet']);
  });

  it('is one Tab stop behind the search, in which arrow keys move, open and close', async () => {
    await render(panel());
    await page.getByRole('searchbox').click();
    await userEvent.tab();
    await expect.element(item('Data › Files')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    await expect.element(item('Filter rows')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(item('Data › Table')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(page.getByText('Filter rows')).not.toBeInTheDocument();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.element(item('Filter rows')).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect.element(item('Greet')).toHaveFocus();
    await userEvent.keyboard('{Home}{ArrowUp}');
    await expect.element(page.getByRole('searchbox')).toHaveFocus();
  });

  it('searches, marks what matched, and adds the first result with Enter', async () => {
    const { container } = await render(panel());
    await page.getByRole('searchbox').fill('flt');
    await expect.element(item('Filter rows')).toBeVisible();
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent).join('')).toBe('Flt');
    expect(page.getByRole('treeitem').elements()).toHaveLength(1);
    await userEvent.keyboard('{Enter}');
    expect(onAdd).toHaveBeenCalledExactlyOnceWith('t/Filter rows');
    await userEvent.keyboard('{Escape}');
    await expect.element(item('Data › Files')).toBeVisible();
  });

  it('says when nothing matches, and when there is nothing', async () => {
    const { rerender } = await render(panel());
    await page.getByRole('searchbox').fill('qqq');
    await expect.element(page.getByText('Nothing matches “qqq”.')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(onAdd).not.toHaveBeenCalled();
    await page.getByRole('searchbox').fill('');
    await rerender(panel({ shelves: [] }));
    await expect.element(page.getByText('There are no node types.')).toBeVisible();
  });

  it('carries the id of a type when it is dragged', async () => {
    await render(panel());
    const data = new DataTransfer();
    const event = new DragEvent('dragstart', { bubbles: true, dataTransfer: data });
    item('Read JSON').element().dispatchEvent(event);
    expect(data.getData(NODE_TYPE_MIME)).toBe('t/Read JSON');
  });

  it('shows what a type does and its ports, for pointer and keyboard', async () => {
    await render(panel());
    await item('Read JSON').hover();
    const card = page.getByRole('tooltip');
    await expect.element(card).toHaveTextContent('Read JSONReads a file. And more.Inputspathstringoptional');
    await expect.element(card).toHaveTextContent('list<json>');
    await page.getByRole('searchbox').hover();
    await expect.element(card).not.toBeInTheDocument();
    await page.getByRole('searchbox').click();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.element(card).toBeVisible();
    await expect.element(item('Read JSON')).toHaveAccessibleDescription(/Inputs/);
    await userEvent.keyboard('{Escape}');
    await expect.element(card).not.toBeInTheDocument();
  });

  it('adds nothing while disabled', async () => {
    await render(panel({ disabled: true }));
    await item('Greet').dblClick({ force: true });
    await userEvent.keyboard('{Enter}');
    expect(onAdd).not.toHaveBeenCalled();
    expect((item('Greet').element() as HTMLElement).draggable).toBe(false);
    await expect.element(page.getByRole('button', { name: 'Add Greet' })).not.toBeInTheDocument();
  });

  it('opens with 2,000 types without drawing them, and finds each', async () => {
    const many = [
      { name: 'all', types: Array.from({ length: 2000 }, (_, index) => type(`Node ${index}`, `C/${index % 20}`)) },
    ];
    await render(panel({ shelves: many }));
    expect(page.getByRole('treeitem').elements()).toHaveLength(20);
    await page.getByRole('searchbox').fill('node 1');
    await expect.element(page.getByText(/more: type to narrow/)).toBeInTheDocument();
    await page.getByRole('searchbox').fill('node 1999');
    await expect.element(item('Node 1999')).toBeVisible();
  });

  it('lists a type once that two shelves have: the first one', async () => {
    const doubled = [...shelves, { name: 'again', types: [type('Greet', 'Elsewhere')] }];
    await render(panel({ shelves: doubled }));
    expect(page.getByText('Greet').elements()).toHaveLength(1);
    await expect.element(item('Elsewhere')).not.toBeInTheDocument();
  });
});
