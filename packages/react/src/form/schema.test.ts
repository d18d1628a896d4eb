import type { JsonObject } from '@loom/graph';
import { resolveSchema, type Schema } from '@loom/graph/schema';
import { describe, expect, it } from 'vitest';
import { fieldShape } from './field-shape.js';
import { initialValue } from './schema.js';

const shape = (schema: Schema, value?: JsonObject[string], root: Schema = schema, depth = 0) =>
  fieldShape({ id: 'x', schema: resolveSchema(schema, root), root, value, required: true, depth });

describe('fieldShape', () => {
  it.each<[string, Schema, object]>([
    [
      'a number with both ends has a slider, with its unit',
      { type: 'number', minimum: 0, maximum: 2, unit: 'mm' },
      { kind: 'slider', min: 0, max: 2, unit: 'mm' },
    ],
    [
      'a whole number has an exclusive end beside it',
      { type: 'integer', exclusiveMinimum: 0 },
      { kind: 'number', min: 1 },
    ],
    [
      'an enum is a choice',
      { enum: ['a', 1, null] },
      { kind: 'select', options: [{ value: 'a' }, { value: 1 }, { value: null }] },
    ],
    [
      'values with titles are a choice',
      { oneOf: [{ const: 1, title: 'One' }] },
      { kind: 'select', options: [{ value: 1, title: 'One' }] },
    ],
    ['a point in time says its zone', { type: 'string', format: 'date-time' }, { kind: 'date-time', zone: true }],
    ['a colour', { type: ['string', 'null'], format: 'color' }, { kind: 'color' }],
    ['several lines', { type: 'string', format: 'multi-line' }, { kind: 'text', multiline: true }],
    ['an object of which nothing is known is JSON', { type: 'object' }, { kind: 'json' }],
  ])('%s', (_title, schema, widget) => {
    expect(shape(schema)).toMatchObject({ kind: 'leaf', port: { widget } });
  });

  it('what does not have the asked shape is edited as JSON, and so is what lies too deep', () => {
    const point = { type: 'object', properties: { x: { type: 'number' } } };
    expect(shape(point, { x: 1 })).toMatchObject({ kind: 'object' });
    expect(shape(point, 'nowhere')).toMatchObject({ kind: 'leaf', port: { type: { kind: 'json' } } });
    expect(shape(point, { x: 1 }, point, 8)).toMatchObject({ kind: 'leaf' });
  });

  it('a list says how many it takes; one of places says how many it has', () => {
    const list = { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 3 };
    expect(shape(list, [1])).toMatchObject({ kind: 'list', least: 1, most: 3, places: undefined });
    const pair = { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false, minItems: 2 };
    expect(shape(pair)).toMatchObject({ kind: 'list', least: 2, most: 2, places: 2 });
  });

  it('what may be anything is written freely, but what has parts as JSON', () => {
    expect(shape({}, 'text' as never)).toMatchObject({ kind: 'leaf', port: { type: { kind: 'any' } } });
    expect(shape({}, { a: 1 })).toMatchObject({ kind: 'leaf', port: { type: { kind: 'json' } } });
  });

  it('different forms of a value are branches with titles', () => {
    const choice = {
      oneOf: [{ type: 'string' }, { title: 'Box', type: 'object', properties: { w: { type: 'number' } } }],
    };
    expect(shape(choice)).toMatchObject({ kind: 'choice', branches: [{ title: undefined }, { title: 'Box' }] });
  });
});

describe('initialValue', () => {
  it('has what says itself what it is, and leaves the rest for people to say', () => {
    const schema = {
      type: 'object',
      properties: {
        kind: { const: 'box' },
        width: { type: 'number' },
        unit: { default: 'mm' },
        note: { default: 'x' },
      },
      required: ['kind', 'width', 'unit'],
    };
    expect(initialValue(schema, schema)).toEqual({ kind: 'box', unit: 'mm' });
  });

  it('ends where a schema needs itself', () => {
    const root: Schema = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
    expect(JSON.stringify(initialValue(root, root)).length).toBeLessThan(1000);
  });
});
