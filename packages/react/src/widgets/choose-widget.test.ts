import { type InputPort, parsePortType, type Widget } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { chooseWidget } from './choose-widget.js';

function choose(type: string, rest: Partial<InputPort> = {}): unknown {
  const port: InputPort = { id: 'x', title: 'x', type: parsePortType(type), required: true, ...rest };
  return chooseWidget(port, (name) => name === 'known');
}

const parts = (type: string) => ({ kind: 'parts', type: parsePortType(type) });

describe('chooseWidget', () => {
  it.each([
    ['number', { kind: 'number', integer: false }],
    ['int', { kind: 'number', integer: true }],
    ['string', { kind: 'text', multiline: false }],
    ['bool', { kind: 'toggle' }],
    ['json', { kind: 'json' }],
    ['list<number>', parts('list<number>')],
    ['list<int> | none', parts('list<int>')],
    ['dict<string, int>', parts('dict<string, int>')],
    ['dict<int, int>', { kind: 'json' }],
    ['tuple<int, int>', parts('tuple<int, int>')],
    ['any', { kind: 'free' }],
    ['T', { kind: 'free' }],
    ['int | string', { kind: 'free' }],
    ['int | number', { kind: 'number', integer: false }],
    ['list<int> | dict<string, int>', parts('list<int> | dict<string, int>')],
    ['int | list<int>', parts('int | list<int>')],
    ['bytes', { kind: 'file', as: 'bytes' }],
    ['list<file>', { kind: 'files', as: 'file' }],
    ['list<bytes> | none', { kind: 'files', as: 'bytes' }],
    ['list<file> | json', { kind: 'free' }],
    ['file | none', { kind: 'file', as: 'file' }],
    ['none', { kind: 'none' }],
    ['DataFrame', { kind: 'none' }],
    ['DataFrame | bytes', { kind: 'file', as: 'bytes' }],
    ['DataFrame | list<int>', parts('list<int>')],
    ['stream<int>', { kind: 'none' }],
    ['"a" | "b"', { kind: 'select', options: [{ value: 'a' }, { value: 'b' }] }],
    ['"a" | none', { kind: 'select', options: [{ value: 'a' }, { value: null }] }],
  ])('edits %s by its type', (type, widget) => {
    expect(choose(type)).toEqual(widget);
  });

  it('edits an optional type by the type itself when absence means None', () => {
    expect(choose('int | none', { default: null })).toEqual({ kind: 'number', integer: true });
    expect(choose('string | none')).toEqual({ kind: 'text', multiline: false });
  });

  it('lets None be written where it is not the default', () => {
    expect(choose('int | none', { default: 5 })).toEqual({ kind: 'free' });
  });

  it('prefers the widget that the port asks for', () => {
    const slider: Widget = { kind: 'slider', min: 0, max: 10 };
    expect(choose('number', { widget: slider })).toEqual({ ...slider, integer: false, step: 0.1 });
    expect(choose('int', { widget: slider })).toEqual({ ...slider, integer: true, step: 1 });
    expect(choose('string', { widget: { kind: 'none' } })).toEqual({ kind: 'none' });
    expect(choose('string', { widget: { kind: 'custom', name: 'known' } })).toEqual({ kind: 'custom', name: 'known' });
  });

  it('falls back to the type when the app does not know a custom widget', () => {
    expect(choose('string', { widget: { kind: 'custom', name: 'lost' } })).toEqual({ kind: 'text', multiline: false });
  });
});
