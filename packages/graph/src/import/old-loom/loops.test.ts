import { describe, expect, test } from 'vitest';
import { zoneType } from '../../zone-type.js';
import { expectSound, fixture, oldFile, oldNode, told, wires } from '../import-fixture.js';
import { importOldLoom } from './import-old-loom.js';

/** The metadata of a loop node. */
function loop(back: string | undefined, more: object = {}): object {
  return { execution_mode: 'loop', loop_type: 'while', ...(back !== undefined && { loop_back_to: back }), ...more };
}

function chain(...ids: string[]): string[] {
  return ids.slice(1).map((id, index) => `${ids[index]}.0 -> ${id}.0`);
}

describe('a section', () => {
  test('becomes a while zone: what comes back is carried, and the result says whether to go on', () => {
    const result = importOldLoom(fixture('old-loom-count'));
    const { nodes } = result.document;
    expectSound(result);
    expect(nodes['check-loop']).toEqual({
      type: 'loom/while',
      position: { x: 220, y: -80 },
      size: { width: 540, height: 240 },
      settings: { zone: { kind: 'while', limit: 50, carried: { n: {} } } },
    });
    expect([nodes.begin?.parent, nodes.add?.parent, nodes.check?.parent, nodes.show?.parent]).toEqual([
      undefined,
      'check-loop',
      'check-loop',
      undefined,
    ]);
    expect(wires(result.document)).toEqual([
      'begin.n -> check-loop.n',
      'add.n -> check.n',
      'add.n -> check-loop.n.next',
      'check-loop.n.current -> add.n',
      'check-loop.n -> show.text',
      'check.again -> check-loop.continue',
    ]);
    expect(told(result)).toEqual(['import/once-after-loop nodes/show', 'import/strict-condition nodes/check']);
  });

  test('a literal is the first value of what is carried', () => {
    const nodes = [oldNode('a', 'n=5 | n'), oldNode('b', 'n | go n', loop('a'))];
    const result = importOldLoom(oldFile(nodes, ['a.0 -> b.0', 'b.1 -> a.0']));
    expectSound(result);
    expect(result.document.nodes['b-loop']?.inputs).toEqual({ n: 5 });
    expect(result.document.nodes.a?.inputs).toBeUndefined();
    expect(told(result)).toEqual(['import/strict-condition nodes/b']);
  });

  test('without a first value gets null, and that is told', () => {
    const nodes = [oldNode('a', 'n | n'), oldNode('b', 'n | go n', loop('a'))];
    expect(told(importOldLoom(oldFile(nodes, ['a.0 -> b.0', 'b.1 -> a.0'])))).toContain(
      'import/no-initial-value nodes/a/inputs/n',
    );
  });

  test('of one node repeats itself', () => {
    const result = importOldLoom(oldFile([oldNode('a', '| go', loop('a')), oldNode('b', 'x |')], ['a.0 -> b.0']));
    expectSound(result);
    expect(wires(result.document)).toEqual(['a-loop.go -> b.x', 'a.go -> a-loop.go.next', 'a.go -> a-loop.continue']);
  });

  test('takes what comes from outside as it is in each iteration', () => {
    const nodes = [oldNode('d', '| v'), oldNode('a', '| n'), oldNode('b', 'n v | go', loop('a'))];
    const result = importOldLoom(oldFile(nodes, ['d.0 -> b.1', 'a.0 -> b.0']));
    expectSound(result);
    expect(wires(result.document)).toContain('d.v -> b.v');
  });

  test('takes in what leads from it back into it', () => {
    const nodes = [oldNode('t', 'x | n'), oldNode('l', 'n | go n', loop('t')), oldNode('x', 'n | n')];
    const result = importOldLoom(oldFile(nodes, ['t.0 -> l.0', 'l.1 -> x.0', 'x.0 -> t.0']));
    expectSound(result);
    expect(result.document.nodes.x?.parent).toBe('l-loop');
    expect(wires(result.document)).toEqual(
      expect.arrayContaining(['l.n -> x.n', 'x.n -> l-loop.x.next', 'l-loop.x.current -> t.x']),
    );
  });

  test('carries values under names that zones do not use', () => {
    const names = [
      'index',
      'start',
      'continue',
      'iterations',
      'errors',
      'items',
      'item',
      'times',
      'a.next',
      '__proto__',
      '…',
    ];
    const body = { nodeId: 'a', input: [], output: ['go', ...names], metadata: loop('a') };
    const connections = names.map((_, index) => ({
      sourceNodeId: 'a',
      sourcePort: index + 1,
      targetNodeId: 'b',
      targetPort: index,
    }));
    const result = importOldLoom({ nodes: [body, { nodeId: 'b' }], connections });
    expectSound(result);
    const zone = result.document.nodes['a-loop']?.settings?.zone;
    if (zone?.kind !== 'while') throw new Error('There is no zone');
    expect(Object.keys(zone.carried ?? {})).toHaveLength(names.length);
    expect(zoneType('loom/while', zone, undefined).problems).toEqual([]);
  });
});

describe('the limit', () => {
  test.each<[object, number | undefined, string[]]>([
    [{}, undefined, []],
    [{ max_iterations: 10 }, 10, []],
    [{ max_iterations: 0 }, 0, []],
    [{ max_iterations: -1 }, -1, []],
    [{ max_iterations: 'many' }, undefined, ['import/loop-limit nodes/a']],
    [{ max_iterations: -2 }, undefined, ['import/loop-limit nodes/a']],
    [{ loop_type: 'infinite' }, -1, []],
    [{ loop_type: 'infinite', max_iterations: 7 }, 7, []],
    [{ loop_type: 'for' }, undefined, ['import/loop-kind nodes/a']],
    [{ loop_type: 'spiral' }, undefined, ['import/loop-kind nodes/a']],
  ])('of %j', (metadata, limit, issues) => {
    const result = importOldLoom(oldFile([oldNode('a', '| go', loop('a', metadata))], []));
    expect(result.document.nodes['a-loop']?.settings?.zone).toEqual({
      kind: 'while',
      ...(limit !== undefined && { limit }),
      carried: {},
    });
    expect(told(result).filter((line) => !line.startsWith('import/strict-condition'))).toEqual(issues);
  });
});

describe('an endless loop', () => {
  test('of the use case "server": what follows it belongs to each iteration, and nothing ends it', () => {
    const result = importOldLoom(fixture('old-loom-server'));
    const { nodes } = result.document;
    expectSound(result);
    expect(nodes['server_loop-loop']?.settings).toEqual({ zone: { kind: 'while', limit: -1, carried: {} } });
    for (const id of ['server_loop', 'handle_request', 'send_response']) {
      expect(nodes[id]?.parent).toBe('server_loop-loop');
    }
    expect(wires(result.document)).toEqual([
      'server_loop.request -> handle_request.request',
      'handle_request.response -> send_response.response',
    ]);
    expect(told(result)).toEqual([]);
  });

  test('carries what is drawn back to it', () => {
    const nodes = [oldNode('a', 's=0 | s', loop(undefined, { loop_type: 'infinite' })), oldNode('b', 's | s')];
    const result = importOldLoom(oldFile(nodes, ['a.0 -> b.0', 'b.0 -> a.0']));
    expectSound(result);
    expect(wires(result.document)).toEqual(['a.s -> b.s', 'b.s -> a-loop.s.next', 'a-loop.s.current -> a.s']);
    expect(result.document.nodes['a-loop']?.inputs).toEqual({ s: 0 });
  });
});

describe('loops in loops', () => {
  test('are zones in zones, and values leave them one by one', () => {
    const nodes = [
      ...[oldNode('t2', 'x=1 | n'), oldNode('t1', 'x | n'), oldNode('l1', 'x | go n', loop('t1'))],
      ...[oldNode('l2', 'x | go n', loop('t2')), oldNode('end', 'x y |')],
    ];
    const wired = [
      ...chain('t2', 't1', 'l1'),
      'l1.1 -> l2.0',
      'l1.1 -> t1.0',
      'l2.1 -> t2.0',
      'l1.1 -> end.0',
      'l2.1 -> end.1',
    ];
    const result = importOldLoom(oldFile(nodes, wired));
    expectSound(result);
    const parents = Object.fromEntries(Object.entries(result.document.nodes).map(([id, { parent }]) => [id, parent]));
    expect(parents).toEqual({
      ...{ t2: 'l2-loop', l2: 'l2-loop', t1: 'l1-loop', l1: 'l1-loop' },
      ...{ end: undefined, 'l2-loop': undefined, 'l1-loop': 'l2-loop' },
    });
    expect(wires(result.document)).toEqual(
      expect.arrayContaining([
        ...['t2.n -> l1-loop.x', 'l1-loop.x.current -> t1.x', 'l1.n -> l1-loop.x.next', 'l1-loop.x -> l2.x'],
        ...[
          'l2.n -> l2-loop.x.next',
          'l2-loop.x.current -> t2.x',
          'l1.go -> l1-loop.continue',
          'l2.go -> l2-loop.continue',
        ],
        ...['l1-loop.x -> l2-loop.x_2.next', 'l2-loop.x_2 -> end.x', 'l2-loop.x -> end.y'],
      ]),
    );
  });

  test('that begin at the same node both carry into it', () => {
    const nodes = [oldNode('t', 'x=1 | n'), oldNode('l1', 'x | go n', loop('t')), oldNode('l2', 'x | go n', loop('t'))];
    const result = importOldLoom(oldFile(nodes, ['t.0 -> l1.0', 'l1.1 -> l2.0', 'l1.1 -> t.0', 'l2.1 -> t.0']));
    expectSound(result);
    expect(wires(result.document)).toEqual(
      expect.arrayContaining(['l2-loop.x.current -> l1-loop.x', 'l1-loop.x.current -> t.x', 'l2.n -> l2-loop.x.next']),
    );
    expect(result.document.nodes['l2-loop']?.inputs).toEqual({ x: 1 });
  });

  test('that overlap in part are not: the smaller one runs once', () => {
    const nodes = [
      ...[oldNode('a', '| n'), oldNode('b', 'x | n'), oldNode('c', 'x | go', loop('a'))],
      ...[oldNode('d', 'x | n'), oldNode('e', 'x | go', loop('b')), oldNode('f', 'x |')],
    ];
    const result = importOldLoom(oldFile(nodes, [...chain('a', 'b', 'c'), 'b.0 -> d.0', ...chain('d', 'e', 'f')]));
    expectSound(result);
    expect(told(result)).toContain('import/loops-overlap nodes/e');
    const back = importOldLoom(
      oldFile(nodes, [...chain('a', 'b', 'c'), 'b.0 -> d.0', ...chain('d', 'e', 'f'), 'e.0 -> b.1']),
    );
    expectSound(back);
    expect(told(back)).toEqual(
      expect.arrayContaining(['import/loops-overlap nodes/e', 'import/return-wire connections/5']),
    );
  });

  test('deeper than zones may be are not', () => {
    const depth = 202;
    const starts = Array.from({ length: depth }, (_, index) => `s${index}`);
    const deciders = Array.from({ length: depth }, (_, index) => `l${depth - 1 - index}`);
    const nodes = [
      ...starts.map((id) => oldNode(id, 'x | n')),
      ...deciders.map((id) => oldNode(id, 'x | go', loop(id.replace('l', 's')))),
    ];
    const result = importOldLoom(oldFile(nodes, chain(...starts, ...deciders)));
    expectSound(result);
    expect(Object.values(result.document.nodes).filter(({ type }) => type === 'loom/while')).toHaveLength(200);
    expect(told(result).filter((line) => line.startsWith('import/loops-too-deep'))).toHaveLength(2);
  });
});

test('a loop beside a condition: a branch in the body, and one that leaves it', () => {
  const check = { execution_mode: 'conditional', true_path: ['yes'], false_path: ['out'] };
  const nodes = [
    ...[oldNode('t', '| n'), oldNode('c', 'x | r', check), oldNode('yes', 'x | n')],
    ...[oldNode('l', 'x y | go', loop('t')), oldNode('out', 'x |')],
  ];
  const wired = ['t.0 -> c.0', 'c.0 -> yes.0', 'c.0 -> out.0', 'yes.0 -> l.0', 't.0 -> l.1'];
  const result = importOldLoom(oldFile(nodes, wired));
  expectSound(result);
  expect(result.document.nodes['c-branch']?.parent).toBe('l-loop');
  expect(told(result)).toContain('import/branch-leaves-loop nodes/out');
});

test('several wires back to one input meet in a merge within the loop', () => {
  const nodes = [oldNode('t', 'x=1 | n'), oldNode('b', 'x | n'), oldNode('l', 'x | go n', loop('t'))];
  const result = importOldLoom(oldFile(nodes, [...chain('t', 'b', 'l'), 'b.0 -> t.0', 'l.1 -> t.0']));
  expectSound(result);
  expect(result.document.nodes['l-loop-x.next']).toMatchObject({ type: 'loom/merge', parent: 'l-loop' });
});

describe('a loop that cannot be a zone is told, and its nodes run once', () => {
  test.each<[string, object[], string[], string[]]>([
    ['without a place to go back to', [oldNode('a', '| go', loop(undefined))], [], ['import/no-loop-start nodes/a']],
    [
      'to a node that does not exist',
      [oldNode('a', '| go', loop('gone'))],
      [],
      ['import/unknown-node nodes/a', 'import/no-loop-start nodes/a'],
    ],
    [
      'to a node that does not lead to it',
      [oldNode('a', 'x | go', loop('b')), oldNode('b', 'x |')],
      ['a.0 -> b.0'],
      ['import/no-section nodes/a'],
    ],
    [
      'to an event',
      [oldNode('a', 'x | go', loop('e')), oldNode('e', '| x', { execution_mode: 'event', event_type: 'timer' })],
      ['e.0 -> a.0'],
      ['import/event-in-loop nodes/a', 'import/event-value nodes/e'],
    ],
  ])('%s', (_, nodes, wired, issues) => {
    const result = importOldLoom(oldFile(nodes, wired));
    expectSound(result);
    expect(Object.values(result.document.nodes).filter(({ settings }) => settings?.zone)).toEqual([]);
    expect(told(result)).toEqual(issues);
  });
});
