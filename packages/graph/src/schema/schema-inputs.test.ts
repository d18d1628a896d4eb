import { expect, it } from 'vitest';
import { schemaInputs } from './schema-inputs.js';

const schema = {
  type: 'object',
  properties: {
    title: { type: 'string', description: 'Above', default: 'Rain' },
    kind: { enum: ['line', 'bar'] },
    width: { type: 'number', minimum: 0, maximum: 10 },
    line_color: { type: 'string', format: 'color' },
    labels: { type: 'array', items: { type: 'string' }, maxItems: 3 },
    origin: { $ref: '#/$defs/point', title: 'Origin' },
  },
  required: ['title', 'width'],
  $defs: { point: { type: 'object', title: 'Point', properties: { x: { type: 'number' } } } },
};

it('makes an input of each property, in their order', () => {
  const inputs = schemaInputs(schema);
  expect(Object.keys(inputs)).toEqual(['title', 'kind', 'width', 'line_color', 'labels', 'origin']);
  expect(inputs).toMatchObject({
    title: {
      type: 'string',
      title: 'Title',
      required: false,
      default: 'Rain',
      help: 'Above',
      widget: { kind: 'text' },
    },
    kind: { type: '"line" | "bar"', required: false, widget: { kind: 'select' } },
    line_color: { title: 'Line color', type: 'string' },
    labels: { type: 'list<string>' },
    origin: { type: 'json', title: 'Origin' },
  });
});

it('what a field alone cannot promise is carried as a schema, with what that refers to', () => {
  const { width, origin } = schemaInputs(schema);
  expect(width).toMatchObject({
    type: 'number',
    required: true,
    widget: { kind: 'form', schema: schema.properties.width },
  });
  expect(origin?.widget).toEqual({ kind: 'form', schema: { ...schema.properties.origin, $defs: schema.$defs } });
});

it('a schema that holds itself ends', () => {
  const tree = { properties: { children: { type: 'array', items: { $ref: '#/properties/children' } } } };
  expect(schemaInputs(tree).children?.type).toBe('list<list<list<list<json>>>>');
});
