import { LoomError, save } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import { download, fileName } from '../editor/save-file.js';
import { rootStore } from '../subgraph/opened-store.js';
import { drawFlow, type FlowPicture } from './flow-picture.js';
import { withFlowInPng } from './png-text.js';
import { flowMetadata } from './svg-text.js';
import { themePaint } from './theme-paint.js';

/** Twice the size of the screen, for print and large screens, as long as browsers can draw it. */
const SCALE = 2;
const MAX_SIDE = 8000;
const MAX_PIXELS = 40_000_000;

/** Gives a picture of the flow, with the flow inside, to the browser as a download. */
export async function exportPicture(context: CommandContext, format: 'png' | 'svg'): Promise<void> {
  const { store, messages } = context;
  try {
    const { title } = store.getState().flow.document;
    download(await drawPicture(context, format), `${fileName(title)}.loom.${format}`);
  } catch (error) {
    store.notify(messages().exportFailed(error instanceof Error ? error.message : String(error)), 'error');
  }
}

/** Draws the graph that is open, with the flow inside. */
export async function drawPicture({ store, models, canvas }: CommandContext, format: 'png' | 'svg'): Promise<Blob> {
  const element = canvas.element();
  if (element === undefined) {
    throw new LoomError(
      'sharing/no-canvas',
      'There is no canvas to draw. Show one first: its theme colours the picture.',
    );
  }
  const theme = themePaint(element);
  try {
    const flow = save(rootStore(store).getState().flow.document, { indent: 0 });
    const picture = drawFlow(store.getState(), models, theme.paint, format === 'svg' ? flowMetadata(flow) : '');
    return format === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await pngOf(picture, flow);
  } finally {
    theme.dispose();
  }
}

/** The drawing as a PNG picture with the flow inside. */
async function pngOf({ svg, width, height }: FlowPicture, flow: string): Promise<Blob> {
  const scale = Math.min(SCALE, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_PIXELS / (width * height)));
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const drawing = canvas.getContext('2d');
  if (drawing === null) throw noDrawing();
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw noDrawing();
  return withFlowInPng(new Uint8Array(await blob.arrayBuffer()), flow);
}

function noDrawing(): LoomError {
  return new LoomError('sharing/no-drawing', 'This browser cannot draw a picture of that size. Save it as SVG.');
}
