import { median } from '../measure.js';
import type { EditorPage } from './page.js';

/** One gesture at each repetition, of so many events. */
const EVENTS = 60;

/** Of each flow drawn, so many gestures are measured. */
const GESTURES = 3;

/** A gesture that takes longer, in milliseconds, is not done to its end, and not again. */
const LONG_MS = 15_000;

/** What users do with the pointer. */
export type Gesture = 'drag' | 'pan' | 'zoom';

/** The cost of a gesture. */
export interface GestureCost {
  /** Milliseconds from frame to frame that 95 of 100 frames keep to. */
  readonly p95: number;
  readonly p50: number;
  /** Milliseconds of processor for each event. */
  readonly cpu: number;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** There and back again, some pixels at each event. */
function offset(event: number): { x: number; y: number } {
  const steps = event < EVENTS / 2 ? event + 1 : EVENTS - event - 1;
  return { x: steps * 8, y: steps * 3 };
}

/** The wheel, a tenth of a notch at each event: in, and out again. */
const WHEEL_STEP = 10;

/** Gives how many events there were: what is too slow is left early. */
async function moves({ page, call }: EditorPage, gesture: Gesture, from: { x: number; y: number }): Promise<number> {
  const begun = performance.now();
  for (let event = 0; event < EVENTS; event++) {
    if (performance.now() - begun > LONG_MS) return event;
    if (gesture === 'zoom') await page.mouse.wheel(0, event < EVENTS / 2 ? -WHEEL_STEP : WHEEL_STEP);
    else {
      const by = offset(event);
      await page.mouse.move(from.x + by.x, from.y + by.y);
    }
    // The wheel does not wait for the page, and events of one frame are put together.
    if (gesture === 'zoom') await call('painted');
  }
  return EVENTS;
}

async function once(editor: EditorPage, gesture: Gesture): Promise<GestureCost & { readonly isWhole: boolean }> {
  const { page, call } = editor;
  const from = await call(gesture === 'drag' ? 'grip' : 'ground');
  await page.mouse.move(from.x, from.y);
  if (gesture !== 'zoom') {
    await page.mouse.down();
    await page.mouse.move(from.x + 6, from.y + 6);
  }
  await call('afterFrames', 3);
  const before = await call('whereabouts');
  const cpu = await editor.cpuMs();
  await call('recordFrames');
  // Halfway one sees whether anything moves; at its end all is where it was.
  const [moved, events] = await Promise.all([
    page.waitForFunction(
      (start) => (globalThis as unknown as { bench: { whereabouts(): string } }).bench.whereabouts() !== start,
      before,
      { polling: 200, timeout: 60_000 },
    ),
    moves(editor, gesture, from),
  ]);
  await moved.dispose();
  const frames = await call('recordedFrames');
  const spent = (await editor.cpuMs()) - cpu;
  if (gesture !== 'zoom') await page.mouse.up();
  await call('afterFrames', 3);
  return {
    p50: percentile(frames, 0.5),
    p95: percentile(frames, 0.95),
    cpu: spent / events,
    isWhole: events === EVENTS,
  };
}

/** Does a gesture some times, and gives the middle of what it costs. The first one is not counted. */
export async function measureGesture(editor: EditorPage, gesture: Gesture): Promise<GestureCost> {
  const costs: GestureCost[] = [];
  for (let at = -1; at < GESTURES; at++) {
    const cost = await once(editor, gesture);
    if (at >= 0 || !cost.isWhole) costs.push(cost);
    if (!cost.isWhole) break;
  }
  return {
    p50: median(costs.map(({ p50 }) => p50)),
    p95: median(costs.map(({ p95 }) => p95)),
    cpu: median(costs.map(({ cpu }) => cpu)),
  };
}
