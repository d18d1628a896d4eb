import { emptyDocument, type FlowDocument } from '@loom/graph';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFlowLink, readFlowLink } from './flow-link.js';
import { pack, toBase64 } from './packing.js';

const PAGE = 'https://example.org/editor?theme=dark#elsewhere';

const flow: FlowDocument = {
  ...emptyDocument,
  title: 'Größe “µ” 🐧',
  nodes: { a: { type: 'x', position: { x: 1, y: 2 }, inputs: { text: '</script>&#' } } },
};

describe('links', () => {
  it('hold a whole flow in the fragment', async () => {
    const { url, size } = await createFlowLink(flow, PAGE);
    expect(url).toMatch(/^https:\/\/example\.org\/editor\?theme=dark#loom=1\.[\w-]+$/);
    expect(size).toBe('short');
    expect((await readFlowLink(url))?.document).toEqual(flow);
    expect((await readFlowLink(new URL(url).hash))?.document).toEqual(flow);
  });

  it('are called long and too long by their length', async () => {
    let seed = 1;
    const noise = (length: number) =>
      Array.from({ length }, () => {
        seed = (seed * 48271) % 2147483647;
        return String.fromCharCode(33 + (seed % 90));
      }).join('');
    const sizeOf = async (length: number) => (await createFlowLink({ ...flow, description: noise(length) }, PAGE)).size;
    expect([await sizeOf(100), await sizeOf(12_000), await sizeOf(40_000)]).toEqual(['short', 'long', 'too-long']);
  });

  it('are no flow when there is none in them', async () => {
    expect(await readFlowLink('')).toBeUndefined();
    expect(await readFlowLink('#section-2')).toBeUndefined();
    expect(await readFlowLink('https://example.org/')).toBeUndefined();
  });

  it.each(['#loom=1.', '#loom=1.!!!', '#loom=1.AAAA', '#loom=1'])('refuse what is damaged: %s', async (fragment) => {
    await expect(readFlowLink(fragment)).rejects.toMatchObject({ code: 'sharing/broken' });
  });

  it('refuse another version, and what is longer than any link', async () => {
    await expect(readFlowLink('#loom=2.AAAA')).rejects.toMatchObject({ code: 'sharing/version' });
    await expect(readFlowLink(`#loom=1.${'A'.repeat(40_000)}`)).rejects.toMatchObject({ code: 'sharing/too-large' });
  });

  it('stop unpacking what would fill the memory', async () => {
    const bomb = toBase64(await pack(' '.repeat(20_000_000), 'deflate-raw'));
    expect(bomb.length).toBeLessThan(32_000);
    const held = bomb.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    await expect(readFlowLink(`#loom=1.${held}`)).rejects.toMatchObject({ code: 'sharing/too-large' });
  });

  it('never throw anything but an error that says what is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.base64String(), async (text) => {
        const result = await readFlowLink(`#loom=1.${text}`).catch((error: { code: string }) => error.code);
        if (typeof result === 'string') expect(result).toMatch(/^sharing\//);
        else expect(result?.document.loom).toBe(1);
      }),
    );
  });
});
