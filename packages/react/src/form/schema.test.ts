import type { JsonObject } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { fieldShape } from './field-shape.js';
import { initialValue, resolved, type Schema } from './schema.js';
import { isValid, schemaFault } from './schema-fault.js';

const shape = (schema: Schema, value?: JsonObject[string], root: Schema = schema, depth = 0) =>
  fieldShape({ id: 'x', schema: resolved(schema, root), root, value, required: true, depth });

describe('resolved', () => {
  const root = {
    $defs: { 'a/b': { type: 'string', title: 'Deep' }, hop: { $ref: '#/$defs/a~1b' }, loop: { $ref: '#/$defs/loop' } },
  };

  it('follows references within the document; what stands beside one comes first', () => {
    expect(resolved({ $ref: '#/$defs/hop', title: 'Mine' }, root)).toEqual({ type: 'string', title: 'Mine' });
  });

  it('ends with references that lead nowhere, out of the document, or back to themselves', () => {
    expect(resolved({ $ref: '#/nothing' }, root)).toEqual({});
    expect(resolved({ $ref: 'https://example.org/schema' }, root)).toEqual({});
    expect(resolved({ $ref: '#/$defs/loop' }, root)).toMatchObject({});
  });

  it('joins what is asked for all together', () => {
    const parts = [
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: {} }, required: ['b'] },
    ];
    expect(resolved({ type: 'object', allOf: parts }, root)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: {} },
      required: ['a', 'b'],
    });
  });
});

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

  it('a list says how many it takes; a very long one is edited as JSON', () => {
    const list = { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 3 };
    expect(shape(list, [1])).toMatchObject({ kind: 'list', least: 1, most: 3 });
    expect(
      shape(
        list,
        Array.from({ length: 200 }, () => 1),
      ),
    ).toMatchObject({ kind: 'leaf' });
  });

  it('different forms of a value are branches with titles', () => {
    const choice = {
      oneOf: [{ type: 'string' }, { title: 'Box', type: 'object', properties: { w: { type: 'number' } } }],
    };
    expect(shape(choice)).toMatchObject({ kind: 'choice', branches: [{ title: 'String' }, { title: 'Box' }] });
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

describe('schemaFault', () => {
  it.each<[unknown, Schema, string, string]>([
    ['ab', { type: 'string', minLength: 3 }, 'minLength', '3'],
    ['x@', { type: 'string', format: 'email' }, 'format', 'email'],
    ['no address', { type: 'string', format: 'uri' }, 'format', 'uri'],
    [5, { type: 'number', multipleOf: 2 }, 'multipleOf', '2'],
    [[1, 1], { type: 'array', uniqueItems: true }, 'uniqueItems', 'true'],
    ['text', { type: 'number' }, 'type', 'number'],
  ])('%j for %j fails by %s', (value, schema, keyword, limit) => {
    expect(schemaFault(value as string, schema, schema)).toMatchObject({ keyword, limit });
  });

  it('leaves what is wrong with parts to the parts', () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['b'] };
    expect(schemaFault({ a: 'x' }, schema, schema)).toBeUndefined();
    expect(isValid({ a: 'x' }, schema, schema)).toBe(false);
  });

  it('follows references into the whole, from any part', () => {
    const root = { $defs: { short: { type: 'string', maxLength: 2 } } };
    const part = { type: 'object', properties: { a: { $ref: '#/$defs/short' } } };
    expect(isValid({ a: 'ab' }, part, root)).toBe(true);
    expect(isValid({ a: 'abc' }, part, root)).toBe(false);
  });

  it('a schema that is wrong itself is a fault, and nothing is thrown', () => {
    expect(schemaFault('a', { type: 'string', pattern: '(' }, {})).toMatchObject({ keyword: 'schema' });
  });

  it('changes no schema', () => {
    const schema = Object.freeze({ type: 'object', properties: Object.freeze({ a: Object.freeze({ $ref: '#' }) }) });
    expect(isValid({ a: { a: {} } }, schema, schema)).toBe(true);
    expect(Object.keys(schema)).toEqual(['type', 'properties']);
  });
});
