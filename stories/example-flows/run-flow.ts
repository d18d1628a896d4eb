import { expect, userEvent, within } from 'storybook/test';

/** Python starts with the first run; on a slow machine that takes a while. */
const TIMEOUT_MS = 45_000;

/** Presses Run and waits until the editor says how the run ended. */
export async function runFlow(canvasElement: HTMLElement): Promise<void> {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  const ending = await canvas.findByText(/^(?:Done in|Failed after|Timed out after) /, {}, { timeout: TIMEOUT_MS });
  await expect(ending).toHaveTextContent(/^Done in /);
}
