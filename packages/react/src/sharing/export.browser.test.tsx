import { expect, test, vi } from 'vitest';
import { createCanvasControl } from '../canvas/canvas-control.js';
import { createNodeModels } from '../canvas/node/node-model.js';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import { openFile } from '../editor/open-file.js';
import { defaultMessages } from '../messages/messages.js';
import { createLoomStore } from '../store/loom-store.js';
import { noTemplates } from '../templates/fixture.js';
import { copyLink } from './copy-link.js';
import { exportPicture } from './export-picture.js';
import { readFlowLink } from './flow-link.js';

/** What commands work on, with a canvas of no size, and the files that were handed out. */
function arrange(document = sumFlow) {
  const store = createLoomStore({ library, document });
  const element = window.document.createElement('div');
  element.className = 'loom';
  window.document.body.append(element);
  const canvas = { ...createCanvasControl(), element: () => element };
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:nothing';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  const context = {
    store,
    canvas,
    models: createNodeModels(),
    messages: () => defaultMessages,
    templates: () => noTemplates,
    chooseFile: () => undefined,
    layoutWorkerUrl: () => undefined,
    shareUrl: () => 'https://example.org/',
    codeTools: () => undefined,
  };
  return { context, store, files, notices: () => store.getState().session.notices.map(({ text }) => text) };
}

for (const format of ['png', 'svg'] as const) {
  test(`a picture (${format}) opens as the flow that it shows`, async () => {
    const { context, files } = arrange();
    await exportPicture(context, format);
    const [file] = files;
    if (file === undefined) throw new Error('No file was handed out.');
    const picture = await createImageBitmap(await drawn(file));
    expect(picture.width).toBeGreaterThan(400);

    const other = arrange(flowOf({}));
    await openFile(other.store, new File([file], `flow.loom.${format}`), defaultMessages);
    expect(other.store.getState().flow.document).toEqual(sumFlow);
    expect(other.notices()).toEqual([`Opened flow.loom.${format}`]);
  });
}

test('a picture without a flow is refused by name', async () => {
  const { store, notices } = arrange();
  await openFile(store, new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'cat.svg'), defaultMessages);
  expect(notices()).toEqual(['There is no flow in cat.svg. Only pictures that were saved here have one inside.']);
  expect(store.getState().flow.document).toBe(sumFlow);
});

test('a picture that was cut off or damaged on its way says so, and the flow here stays', async () => {
  const { context, files } = arrange();
  await exportPicture(context, 'png');
  const bytes = new Uint8Array(await (files[0] as Blob).arrayBuffer());
  // The flow comes right after the header.
  const flowAt = 8 + 25;
  const wrong: Readonly<Record<string, [Uint8Array<ArrayBuffer>, RegExp]>> = {
    'cut.png': [bytes.slice(0, flowAt + 60), /damaged/],
    'header.png': [bytes.slice(0, flowAt), /no flow in header\.png/],
    'noise.png': [bytes.with(flowAt + 60, (bytes[flowAt + 60] ?? 0) ^ 0xff).fill(0, flowAt + 61, flowAt + 120), /./],
  };
  for (const [name, [content, message]] of Object.entries(wrong)) {
    const { store, notices } = arrange(flowOf({}));
    const before = store.getState().flow.document;
    await openFile(store, new File([content], name), defaultMessages);
    expect(notices().join()).toMatch(message);
    expect(store.getState().flow.document).toBe(before);
  }
});

test('an empty flow has no picture, and says so', async () => {
  const { context, notices, files } = arrange(flowOf({}));
  await exportPicture(context, 'svg');
  expect(files).toEqual([]);
  expect(notices()).toEqual(['The picture could not be made: An empty flow has no picture. Add a node first.']);
});

test('a link to the flow is copied, and one that is too long is not', async () => {
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  const { context, notices } = arrange();
  await copyLink(context);
  const [[url = '']] = copied.mock.calls as [[string]];
  expect((await readFlowLink(url))?.document).toEqual(sumFlow);
  expect(notices()[0]).toContain('is in the clipboard');
  const bytes = crypto.getRandomValues(new Uint8Array(40_000));
  const large = arrange({ ...sumFlow, description: Array.from(bytes, (byte) => byte.toString(36)).join('') });
  await copyLink(large.context);
  expect(copied).toHaveBeenCalledTimes(1);
  expect(large.notices()[0]).toContain('too large for a link');
});

/** Browsers make bitmaps of drawings only by way of an image. */
async function drawn(file: Blob): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:${file.type};base64,${btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())))}`;
  await image.decode();
  return image;
}
