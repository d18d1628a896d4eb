import { expect, userEvent, within } from 'storybook/test';

/** Presses Run and waits until the editor says how the run ended. */
export async function runFlow(canvasElement: HTMLElement): Promise<void> {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  const ending = await canvas.findByText(/^(?:Done in|Failed after|Timed out after) /);
  await expect(ending).toHaveTextContent(/^Done in /);
}
