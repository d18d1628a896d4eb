import type { Preview } from '@loom/engine';
import { describe, expect, test } from 'vitest';
import { previewHeight } from './preview-height.js';

const preview = (data: Preview['data']): Preview => ({ data, truncated: false });
const table = (rows: number) =>
  preview({
    'application/vnd.loom.table+json': {
      columns: [],
      rows: Array.from({ length: rows }, () => []),
      total: rows,
      offset: 0,
    },
  });

describe('previewHeight', () => {
  test('nothing to show takes no room', () => {
    expect(previewHeight(undefined)).toBe(0);
    expect(previewHeight(preview({}))).toBe(0);
  });

  test('a table takes room for the rows it has, five at most', () => {
    const [none, three, five, many] = [0, 3, 5, 50].map((rows) => previewHeight(table(rows)));
    expect(three).toBeGreaterThan(none ?? 0);
    expect(five).toBeGreaterThan(three ?? 0);
    expect(many).toBe(five);
  });

  test.each([
    [96, 64, 80],
    [2 * 232, 232, 124],
    [10_000, 10, 40],
    [10, 10_000, 240],
    [0, 10, 176],
  ])('a PNG picture of %i by %i takes %i', (width, height, room) => {
    const bytes = new Uint8Array(24);
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    new DataView(bytes.buffer).setUint32(16, width);
    new DataView(bytes.buffer).setUint32(20, height);
    expect(previewHeight(preview({ 'image/png': btoa(String.fromCharCode(...bytes)) }))).toBe(room);
  });

  test('a tree takes room for its parts, four at most', () => {
    const [one, four, many] = [1, 4, 40].map((count) =>
      previewHeight(preview({ 'application/vnd.loom.tree+json': Array.from({ length: count }, () => 0) })),
    );
    expect([one, four, many]).toEqual([52, 112, 112]);
    expect(previewHeight(preview({ 'application/json': 'text' }))).toBe(32);
  });

  test('a sound takes less room than a picture, and a file less than that', () => {
    const [film, sound, pdf] = ['video/mp4', 'audio/wav', 'application/pdf'].map((mime) =>
      previewHeight(preview({ [mime]: '' })),
    );
    expect([film, sound, pdf]).toEqual([176, 72, 56]);
  });

  test('a picture that cannot be read takes the usual room', () => {
    expect(previewHeight(preview({ 'image/png': 'iVBORw0KGgo' }))).toBe(176);
    expect(previewHeight(preview({ 'image/png': 5 }))).toBe(176);
  });

  test.each([
    ['<svg viewBox="0 0 464 232" width="9" height="9">', 116],
    ["<svg viewBox='-5,-5, 100,100'>", 232],
    ['<svg xmlns="x" width="464" height="100px">', 50],
    ['<svg width="100%" height="auto">', 176],
    ['<svg viewBox="0 0 0 0">', 176],
    ['<svg viewBox="0 0 10000 1">', 40],
    ['<svg viewBox="0 0 1 10000">', 240],
    ['no drawing', 176],
  ])('a drawing %s is as high as it is wide enough for the node', (text, height) => {
    expect(previewHeight(preview({ 'image/svg+xml': text }))).toBe(height);
  });

  test('a short text takes one line', () => {
    expect(previewHeight(preview({ 'text/plain': '42' }))).toBeLessThan(
      previewHeight(preview({ 'text/plain': 'a\nb' })),
    );
  });
});
