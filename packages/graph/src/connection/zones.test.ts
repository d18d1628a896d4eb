import { describe, expect, test } from 'vitest';
import type { FlowDocument } from '../document.js';
import { flow, inside, library, node, wire, zone } from '../fixture.js';
import { canConnect } from './can-connect.js';

/** A loop in a for-each, with a group in each, and nodes everywhere. */
const document = flow(
  {
    list: 'ints',
    n: 'number',
    text: 'text',
    out: 'show',
    each: zone('for-each'),
    box: zone('group', { parent: 'each' }),
    a: inside('box', 'add'),
    b: inside('each', 'add'),
    loop: zone('while', { parent: 'box' }),
    pack: zone('group', { parent: 'loop' }),
    c: inside('pack', 'add'),
    d: inside('loop', 'show'),
    other: zone('repeat'),
    e: inside('other', 'add'),
  },
  ['list.list -> each.items'],
);

function check(text: string, base: FlowDocument = document): unknown {
  const result = canConnect(base, library, wire(text));
  return result.ok ? 'ok' : result.code;
}

function reason(text: string, base: FlowDocument = document): string {
  const result = canConnect(base, library, wire(text));
  return result.ok ? 'ok' : result.reason;
}

describe('a wire is allowed', () => {
  test.each([
    ['from an inner output into the body', 'each.item -> b.a'],
    ['from an inner output into a group of the body', 'each.index -> a.a'],
    ['from an inner output to an input of a zone within', 'each.item -> loop.value'],
    ['from an inner output to a node of a zone within: a capture', 'each.item -> c.a'],
    ['from outside into a body: a capture', 'n.out -> b.a'],
    ['from outside into a body deeper down', 'n.out -> c.a'],
    ['from a zone into the body of another', 'other.iterations -> b.a'],
    ['within a body, through groups', 'a.sum -> b.a'],
    ['from a body to an input of a zone within', 'b.sum -> loop.value'],
    ['from a body to the inner input of its zone', 'b.sum -> each.result'],
    ['from a group of the body to the inner input of its zone', 'a.sum -> each.result'],
    ['from a zone within to the inner input of the zone around it', 'loop.value -> each.result'],
    ['from a zone to what comes after it', 'each.result -> out.value'],
    ['from an inner output to an inner input of the same zone', 'each.item -> each.result'],
    ['from a carried value to its next', 'loop.value.current -> loop.value.next'],
  ])('%s', (_, text) => {
    expect(check(text)).toBe('ok');
  });
});

describe('a wire is refused', () => {
  test.each([
    ['from a body to a node outside', 'b.sum -> out.value', 'edge/escapes-zone'],
    ['from a group of a body to a node outside', 'a.sum -> out.value', 'edge/escapes-zone'],
    ['from a zone within to a node of the body around', 'c.sum -> b.a', 'edge/escapes-zone'],
    ['from a body into another', 'b.sum -> e.a', 'edge/escapes-zone'],
    ['from a body to an input of its zone', 'e.sum -> other.value', 'edge/escapes-zone'],
    ['from two zones deep to the inner input of the outer one', 'c.sum -> each.result', 'edge/escapes-zone'],
    ['from an inner output to a node outside', 'each.index -> out.value', 'edge/escapes-zone'],
    ['from an inner output to the inner input of another zone', 'each.item -> other.value.next', 'edge/escapes-zone'],
    ['from outside to an inner input', 'n.out -> each.result', 'edge/not-in-zone'],
    ['from the body around to an inner input', 'b.sum -> loop.value.next', 'edge/not-in-zone'],
    ['from an inner output to an inner input of a zone within', 'each.item -> loop.value.next', 'edge/not-in-zone'],
    ['from a zone into its own body', 'other.iterations -> e.a', 'edge/cycle'],
    ['from an outer output to an input of the same zone', 'other.value -> other.value', 'edge/self'],
    ['from an outer output to an inner input of the same zone', 'each.result -> each.result', 'edge/self'],
    ['from an inner output to an outer input of the same zone', 'loop.value.current -> loop.value', 'edge/self'],
    ['from a port that the zone does not have', 'each.iterations -> out.value', 'edge/unknown-port'],
    ['from a result as if it were an inner output', 'loop.value -> d.value', 'edge/cycle'],
  ])('%s', (_, text, code) => {
    expect(check(text)).toBe(code);
  });

  test('with a sentence that shows the way', () => {
    expect(reason('b.sum -> out.value')).toBe(
      '"b" has another value in each iteration of "each", so no wire may lead out of it. Give the value out as a result of the zone.',
    );
    expect(reason('e.sum -> out.value')).toMatch(/Give the value out as a value that the zone carries\.$/);
    expect(reason('each.index -> out.value')).toMatch(/^"index" has another value in each iteration of "each"/);
    expect(reason('n.out -> each.result')).toBe(
      '"result" takes what each iteration of "each" gives, so its wire must come from a node directly in the zone.',
    );
    expect(reason('other.iterations -> e.a')).toBe(
      '"other" ends after everything in it, so nothing in it can wait for it. Use an inner output, or a value that it carries.',
    );
  });
});

describe('cycles', () => {
  const around = flow(
    {
      n: 'number',
      before: 'same',
      each: zone('for-each'),
      a: inside('each', 'same'),
      b: inside('each', 'same'),
      after: 'same',
    },
    ['each.item -> a.x', 'a.out -> each.result', 'each.result -> after.x'],
  );

  test('an iteration that ends closes none', () => {
    expect(check('n.out -> a.y', around)).toBe('ok');
    expect(check('a.out -> b.x', around)).toBe('ok');
  });

  test('a zone waits for what its body takes from outside', () => {
    expect(check('after.out -> b.x', around)).toBe('edge/cycle');
    expect(reason('after.out -> a.y', around)).toBe(
      '"after" needs "each", so this wire would close a cycle. To repeat, use a zone.',
    );
    const captured = flow({ ...around.nodes }, ['before.out -> b.x']);
    expect(check('each.result -> before.x', captured)).toBe('edge/cycle');
  });

  test('go through zones within zones', () => {
    const nested = flow(
      {
        outer: zone('repeat'),
        x: inside('outer', 'same'),
        inner: zone('for-each', { parent: 'outer' }),
        y: inside('inner', 'same'),
        z: 'show',
      },
      ['inner.result -> x.x'],
    );
    expect(check('x.out -> y.x', nested)).toBe('edge/cycle');
    expect(check('x.out -> outer.value.next', nested)).toBe('ok');
    expect(check('outer.index -> y.x', nested)).toBe('ok');
  });

  test('are those of plain nodes in a group', () => {
    const grouped = flow({ g: zone('group'), a: inside('g', 'same'), b: 'same' }, ['a.out -> b.x']);
    expect(check('b.out -> a.x', grouped)).toBe('edge/cycle');
    expect(check('a.out -> b.y', grouped)).toBe('ok');
  });
});

test('a zone whose settings say nothing of how it repeats has no ports to connect', () => {
  expect(check('z.item -> a.a', flow({ z: node('loop'), a: inside('z', 'add') }))).toBe('edge/unknown-port');
});
