import { describe, expect, test } from 'vitest';
import type { ZoneSettings } from './document.js';
import { nodeType } from './fixture.js';
import { formatPortType } from './port-type/format.js';
import type { RepeatingZone } from './zone-body.js';
import { facesBody, zoneType } from './zone-type.js';

/** The ports of a zone, as `id: type`, with a mark before those that face the body. */
function ports(zone: ZoneSettings): { inputs: string[]; outputs: string[] } {
  const { inputs, outputs } = zoneType('loop', zone as RepeatingZone, undefined);
  const line = (port: (typeof outputs)[number]): string =>
    `${port.inner ? '>' : ''}${port.id}: ${formatPortType(port.type)}`;
  return { inputs: inputs.map(line), outputs: outputs.map(line) };
}

describe('the ports of a zone', () => {
  test('that goes through a list', () => {
    expect(ports({ kind: 'for-each' })).toEqual({
      inputs: ['items: list<var<"Item">>', '>result: var<"Of result">'],
      outputs: ['>item: var<"Item">', '>index: int', 'result: list<var<"Of result">>'],
    });
    const results = { sum: { type: 'number' }, index: {} };
    expect(ports({ kind: 'for-each', onError: 'collect', results })).toEqual({
      inputs: ['items: list<var<"Item">>', '>sum: number'],
      outputs: ['>item: var<"Item">', '>index: int', 'sum: list<number>', 'errors: list<json>'],
    });
  });

  test('that goes on while something holds', () => {
    expect(ports({ kind: 'while', carried: { a: { type: 'int' }, b: {} } })).toEqual({
      inputs: ['start: bool', 'a: int', 'b: var<"Of b">', '>a.next: int', '>b.next: var<"Of b">', '>continue: bool'],
      outputs: [
        '>index: int',
        '>a.current: int',
        '>b.current: var<"Of b">',
        'a: int',
        'b: var<"Of b">',
        'iterations: int',
      ],
    });
  });

  test('that repeats', () => {
    expect(ports({ kind: 'repeat' }).inputs).toEqual([
      ...['times: int', 'value: var<"Of value">', '>value.next: var<"Of value">', '>continue: bool'],
    ]);
  });

  test('face the body or what is around, and others do neither', () => {
    const zone: RepeatingZone = { kind: 'while', carried: { a: {}, index: {}, 'a.next': {} } };
    const faces = (['inputs', 'outputs'] as const).map((side) =>
      ['a', 'a.next', 'a.current', 'index', 'continue', 'start', 'times', 'toString'].map((id) =>
        facesBody(zone, side, id),
      ),
    );
    expect(faces).toEqual([
      [false, true, undefined, undefined, true, false, undefined, undefined],
      [false, undefined, true, true, undefined, undefined, undefined, undefined],
    ]);
  });
});

test('the same zone gives the same type, and says what its own type says', () => {
  const zone: RepeatingZone = { kind: 'for-each' };
  const base = { ...nodeType('each', [], []), title: 'Each', description: 'D', settings: { join: 'any' } as const };
  expect(zoneType('each', zone, base)).toBe(zoneType('each', zone, base));
  expect(zoneType('each', zone, base)).toMatchObject({
    id: 'each',
    title: 'Each',
    description: 'D',
    settings: { join: 'any' },
  });
  expect(zoneType('each', zone, undefined)).toMatchObject({ title: 'For each', problems: [] });
  expect(zoneType('other', zone, base).id).toBe('other');
  const { revision } = zoneType('each', zone, base).implementation as { revision: string };
  expect(zoneType('each', { kind: 'for-each', concurrency: 1 }, base).implementation).not.toMatchObject({ revision });
});
