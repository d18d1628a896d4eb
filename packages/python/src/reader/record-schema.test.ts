import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

const HEAD = `
from dataclasses import dataclass, field
from typing import Annotated, Literal, NotRequired, TypedDict
import datetime as dt
from datetime import date

class Point(TypedDict):
    x: float
    y: NotRequired[float]

@dataclass
class Settings:
    """How it looks.

    More of it."""
    name: str
    color: Literal['red', 'blue'] = 'red'
    size: Annotated[int, Range(1, 10), 'How large'] = 3
    origin: Point | None = None
    marks: list[Point] = field(default_factory=list)
    since: date = None
    child: 'Settings' = None
    _hidden: int = 0
`;
const POINT = {
  type: 'object',
  title: 'Point',
  properties: { x: { type: 'number' }, y: { type: 'number' } },
  required: ['x'],
  additionalProperties: false,
};

function inputOf(annotation: string, more = '') {
  const type = readPythonType('t', {
    kind: 'python',
    source: `${HEAD}${more}\ndef f(x: ${annotation}): ...\n`,
    entry: 'f',
  });
  expect(type.problems).toEqual([]);
  return type.inputs[0];
}

describe('what an annotation describes', () => {
  it('a TypedDict is a form of its keys', () => {
    expect(inputOf('Point')).toMatchObject({
      type: { kind: 'dict' },
      widget: { kind: 'form', schema: { $ref: '#/$defs/Point', $defs: { Point: POINT } } },
    });
  });

  it('a dataclass is a form of its fields, with defaults, choices, ranges, help and what lies inside', () => {
    expect(inputOf('Settings')).toMatchObject({
      type: { kind: 'class', name: 'Settings' },
      widget: {
        kind: 'form',
        schema: {
          $ref: '#/$defs/Settings',
          $defs: {
            Point: POINT,
            Settings: {
              title: 'Settings',
              description: 'How it looks.',
              properties: {
                name: { type: 'string' },
                color: { enum: ['red', 'blue'], default: 'red' },
                size: { type: 'integer', minimum: 1, maximum: 10, description: 'How large', default: 3 },
                origin: { anyOf: [{ $ref: '#/$defs/Point' }, { type: 'null' }], default: null },
                marks: { type: 'array', items: { $ref: '#/$defs/Point' } },
                since: { type: ['string', 'null'], format: 'date', default: null },
                child: { anyOf: [{ $ref: '#/$defs/Settings' }, { type: 'null' }], default: null },
              },
              required: ['name'],
            },
          },
        },
      },
    });
  });

  it('keys of a base come first, and those that need not be there are not required', () => {
    const more = 'class Named(Point, total=False):\n    name: str\n    id: Required[int]\n';
    expect(inputOf('Named', more)?.widget).toMatchObject({
      schema: { $defs: { Named: { properties: { x: {}, y: {}, name: {}, id: {} }, required: ['x', 'id'] } } },
    });
  });

  it.each([
    ['list[Point]', { kind: 'form', schema: { type: 'array', items: { $ref: '#/$defs/Point' } } }],
    ["'Point'", { kind: 'form', schema: { $ref: '#/$defs/Point' } }],
    ['Point | None', { kind: 'form', schema: { anyOf: [{ $ref: '#/$defs/Point' }, { type: 'null' }] } }],
    ['Annotated[Point, "where"]', { kind: 'form', schema: { $ref: '#/$defs/Point' } }],
    ['date', { kind: 'date' }],
    ['dt.datetime', { kind: 'date-time' }],
    ['dt.time | None', { kind: 'time' }],
  ])('%s has a field of its own', (annotation, widget) => {
    expect(inputOf(annotation)?.widget).toMatchObject(widget);
  });

  it.each(['int', 'dict[str, Point]', 'Point | Settings', 'DataFrame', 'list[int]'])(
    '%s has the field of its type',
    (annotation) => {
      expect(inputOf(annotation)?.widget).toBeUndefined();
    },
  );

  it('a class of that name in the source is no date', () => {
    expect(inputOf('time', 'class time: ...\n')?.widget).toBeUndefined();
  });
});
