import { expect, userEvent, waitFor, within } from 'storybook/test';

/** What is on screen when a flow has run. */
export interface PatternEnd {
  /** @default 'Done' */
  readonly ending?: 'Done' | 'Failed';
  /** The pictures of results that nodes show, by the node's id. */
  readonly shows?: Readonly<Record<string, string>>;
  /** What failed nodes say. */
  readonly failed?: Readonly<Record<string, string>>;
  readonly skipped?: readonly string[];
}

/** Presses Run, waits for the end, and looks at the nodes. */
export async function runPattern(canvasElement: HTMLElement, end: PatternEnd): Promise<void> {
  const { ending = 'Done', shows = {}, failed = {}, skipped = [] } = end;
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  const told = await canvas.findByText(/^(?:Done in|Failed after|Timed out after) /);
  await expect(told).toHaveTextContent(new RegExp(`^${ending}`));
  for (const [id, text] of Object.entries(shows)) {
    await waitFor(() => expect(pictureOf(canvasElement, id)).toContain(text));
  }
  for (const [id, text] of Object.entries(failed)) {
    await waitFor(() => expect(statusOf(canvasElement, id)).toBe('error'));
    await waitFor(() => expect(nodeElement(canvasElement, id)).toHaveTextContent(text));
  }
  for (const id of skipped) await waitFor(() => expect(statusOf(canvasElement, id)).toBe('skipped'));
}

function nodeElement(canvasElement: HTMLElement, id: string): HTMLElement {
  const element = canvasElement.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
  if (!element) throw new Error(`The node "${id}" is not on the canvas.`);
  return element;
}

function statusOf(canvasElement: HTMLElement, id: string): string | undefined {
  return nodeElement(canvasElement, id).querySelector<HTMLElement>('[data-status]')?.dataset.status;
}

function pictureOf(canvasElement: HTMLElement, id: string): string {
  return nodeElement(canvasElement, id).querySelector('.loom-node-preview')?.textContent ?? '';
}
