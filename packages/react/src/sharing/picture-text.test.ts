import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowInPng, isPng, withFlowInPng } from './png-text.js';
import { flowInSvg, flowMetadata } from './svg-text.js';

/** A picture of one pixel. */
const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('a flow in a PNG', () => {
  it('comes out as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const picture = await bytesOf(await withFlowInPng(pixel, text));
        expect(isPng(picture)).toBe(true);
        expect(await flowInPng(picture)).toBe(text);
      }),
    );
  });

  it('is not there in other pictures, nor in torn ones', async () => {
    expect(await flowInPng(pixel)).toBeUndefined();
    const picture = await bytesOf(await withFlowInPng(pixel, '{"loom":1}'));
    for (let length = 8; length < picture.length - 60; length += 7) {
      const found = await flowInPng(picture.slice(0, length)).catch((error: { code: string }) => error.code);
      expect([undefined, '{"loom":1}', 'sharing/broken']).toContain(found);
    }
    expect(isPng(new Uint8Array([1, 2, 3]))).toBe(false);
  });
});

describe('a flow in an SVG', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(flowInSvg(`<svg>${flowMetadata(text)}<g/></svg>`)).toBe(text);
      }),
    );
    expect(flowInSvg('<svg><metadata>x</metadata></svg>')).toBeUndefined();
  });
});
