import { parsePortType } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { portLook } from './port-look.js';

describe('portLook', () => {
  it.each([
    ['int', 'number'],
    ['int | none', 'number'],
    ['"a" | "b"', 'string'],
    ['list<int>', 'list'],
    ['tuple<int, int>', 'list'],
    ['json', 'dict'],
    ['DataFrame', 'class'],
    ['T', 'any'],
    ['int | string', 'any'],
  ])('draws %s as %s', (type, name) => {
    expect(portLook(parsePortType(type)).name).toBe(name);
  });

  it('tells lists from single values without colour', () => {
    expect(portLook(parsePortType('list<int>')).shape).not.toBe(portLook(parsePortType('int')).shape);
  });

  it('gives equal types the same object, so that memoised ports stay', () => {
    expect(portLook(parsePortType('int'))).toBe(portLook(parsePortType('number')));
  });
});
