import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PortType } from '../port-type.js';
import { portTypesEqual } from './equal.js';
import { formatPortType } from './format.js';
import { parsePortType } from './parse.js';
import { unify } from './unify.js';
import { hasVariables, substitute } from './variables.js';

const name = fc.oneof(
  fc.constantFrom('T', 'K', 'DataFrame', 'pd.Series', 'list', 'any', 'true', 'Item', 'a b', '"', '', '\\', '🧵'),
  fc.string(),
);

const { type } = fc.letrec<{ type: PortType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc
      .constantFrom('any', 'number', 'int', 'string', 'bool', 'bytes', 'json', 'none')
      .map((kind) => ({ kind }) as PortType),
    fc
      .oneof(
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      )
      .map((value) => ({ kind: 'literal', value: value === 0 ? 0 : value }) as PortType),
    name.map((text) => ({ kind: 'class', name: text }) as PortType),
    name.map((text) => ({ kind: 'variable', name: text }) as PortType),
    tie('type').map((item) => ({ kind: 'list', item }) as PortType),
    tie('type').map((item) => ({ kind: 'stream', item }) as PortType),
    fc.tuple(tie('type'), tie('type')).map(([key, value]) => ({ kind: 'dict', key, value }) as PortType),
    fc.array(tie('type'), { maxLength: 3 }).map((items) => ({ kind: 'tuple', items }) as PortType),
    fc.array(tie('type'), { maxLength: 3 }).map((members) => ({ kind: 'union', members }) as PortType),
  ),
}));

test('what is written is read back as the same type', () => {
  fc.assert(
    fc.property(type, (written) => {
      const read = parsePortType(formatPortType(written));
      expect(portTypesEqual(read, written)).toBe(true);
      // A nested union is written flat; from then on the text stays the same.
      expect(formatPortType(parsePortType(formatPortType(read)))).toBe(formatPortType(read));
    }),
    { numRuns: 500 },
  );
});

test('any text is read or refused, and never anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'list<>|,()"T int\\1.e-'.split('')) }), (text) => {
      try {
        parsePortType(text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'port-type/syntax' });
      }
    }),
    { numRuns: 500 },
  );
});

test('every type fits itself, any, and a union that has it', () => {
  fc.assert(
    fc.property(type, type, (one, other) => {
      expect(unify(one, one).ok).toBe(true);
      expect(unify(one, { kind: 'any' }).ok).toBe(true);
      expect(unify({ kind: 'any' }, one).ok).toBe(true);
      if (!hasVariables(other)) expect(unify(one, { kind: 'union', members: [other, one] }).ok).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('unifying again changes nothing', () => {
  fc.assert(
    fc.property(type, type, (source, target) => {
      const first = unify(source, target);
      if (!first.ok) return;
      const second = unify(source, target, first.bindings);
      expect(second).toEqual(first);
    }),
    { numRuns: 1000 },
  );
});

test('what fits still fits when the variables are replaced by what they were bound to', () => {
  fc.assert(
    fc.property(type, type, (source, target) => {
      const result = unify(source, target);
      if (!result.ok) return;
      const bound = substitute(target, result.bindings, { kind: 'any' });
      expect(unify(source, bound).ok).toBe(true);
      for (const value of result.bindings.values()) expect(hasVariables(value)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test('a refusal names both types', () => {
  fc.assert(
    fc.property(type, type, (source, target) => {
      const result = unify(source, target);
      if (result.ok) return;
      expect(result.reason).toContain(' does not fit ');
      expect(result.reason.length).toBeLessThan(600);
    }),
    { numRuns: 300 },
  );
});
