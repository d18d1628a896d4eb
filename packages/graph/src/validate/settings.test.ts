import { describe, expect, test } from 'vitest';
import type { FlowDocument, FlowNode, NodeSettings } from '../document.js';
import { flow, inside, library, node, zone } from '../fixture.js';
import { validate } from './validate.js';

function issues(document: FlowDocument): string[] {
  return validate(document, library).map((issue) => `${issue.severity} ${issue.code} ${issue.path.join('/')}`);
}

/** What is said of the settings of a node of this type. */
function ofSettings(type: string, settings: NodeSettings): string[] {
  return issues(flow({ a: node(type, { settings }) })).map((text) => text.replace('nodes/a/settings/', ''));
}

const list: FlowNode = zone('for-each', { inputs: { items: [] } });

describe('settings that a node cannot follow', () => {
  test.each<[string, string, NodeSettings, string[]]>([
    ['retries of what may not run twice', 'send', { retries: 2 }, ['warning node/retries-ignored retries']],
    ['no retries of it', 'send', { retries: 0 }, []],
    ['retries of what may run twice', 'put', { retries: 2 }, []],
    ['retries of what is pure', 'number', { retries: 2 }, []],
    ['an empty condition', 'show', { breakpoint: ' ' }, ['warning node/empty-breakpoint breakpoint']],
    ['a condition', 'show', { breakpoint: 'index == 3' }, []],
    ['a breakpoint that is off', 'show', { breakpoint: false }, []],
    ['a pinned output', 'number', { pinned: { out: 1 } }, []],
    ['a pinned output that is gone', 'number', { pinned: { gone: 1 } }, ['warning node/unknown-output pinned/gone']],
    ['a stream at an input that is gone', 'show', { streams: { x: 'each' } }, ['warning node/unknown-input streams/x']],
  ])('%s', (_, type, settings, expected) => {
    expect(ofSettings(type, settings)).toEqual(expected);
  });

  test('a zone has no bypass, does not run twice by itself, and pins only what is outside', () => {
    const settings = { mode: 'bypassed', retries: 1, pinned: { item: 1, result: [] } } as const;
    expect(issues(flow({ a: zone('for-each', { inputs: { items: [] }, settings }) }))).toEqual([
      'error node/no-bypass nodes/a/settings/mode',
      'warning node/retries-ignored nodes/a/settings/retries',
      'warning node/unknown-output nodes/a/settings/pinned/item',
    ]);
  });

  test('muting a zone, and bypassing a group or a plain node, is fine', () => {
    const muted = zone('for-each', { inputs: { items: [] }, settings: { mode: 'muted' } });
    const group = zone('group', { settings: { mode: 'bypassed' } });
    const plain = node('show', { settings: { mode: 'bypassed' } });
    expect(issues(flow({ muted, group, plain }))).toEqual([]);
  });
});

describe('settings that a type needs', () => {
  test('a zone says how it repeats', () => {
    expect(issues(flow({ a: 'loop', b: node('loop', { settings: { retries: 0 } }), c: list }))).toEqual([
      'error node/no-zone nodes/a/settings/zone',
      'error node/no-zone nodes/b/settings/zone',
    ]);
  });

  test('a switch has cases', () => {
    const inputs = { value: 1, case: 'a' };
    const full = node('switch', { inputs, settings: { cases: ['a'] } });
    const empty = node('switch', { inputs, settings: { cases: [] } });
    expect(issues(flow({ bare: node('switch', { inputs }), empty, full }))).toEqual([
      'warning node/no-cases nodes/bare/settings/cases',
      'warning node/no-cases nodes/empty/settings/cases',
    ]);
  });
});

test('names that zones have for themselves, and types that cannot be read, are told of the zone', () => {
  const results = { index: {}, fine: { type: 'list<' } };
  const carried = { times: {}, 'a.next': {}, b: {} };
  const document = flow({
    each: zone('for-each', { inputs: { items: [] }, zone: { results } }),
    loop: zone('while', { zone: { carried } }),
  });
  expect(
    validate(document, library).map(({ severity, code, path, message }) => [severity, code, path.join('/'), message]),
  ).toEqual([
    [
      'error',
      'node/zone-ports',
      'nodes/each/settings/zone',
      '"index" is a port that every zone has. Give it another name.',
    ],
    ['warning', 'node/zone-ports', 'nodes/each/settings/zone', expect.stringMatching(/^Port "fine" takes anything/)],
    [
      'error',
      'node/zone-ports',
      'nodes/loop/settings/zone',
      '"times" is a port that every zone has. Give it another name.',
    ],
    ['error', 'node/zone-ports', 'nodes/loop/settings/zone', '"a.next" ends like an inner port. Give it another name.'],
  ]);
});

describe('places', () => {
  test('in what is no zone change nothing', () => {
    const document = flow({ n: 'number', a: inside('n', 'int'), b: inside('g', 'int'), g: zone('group'), l: list });
    expect(issues({ ...document, nodes: { ...document.nodes, c: inside('l', 'int') } })).toEqual([
      'warning node/wrong-parent nodes/a/parent',
    ]);
  });

  test('in more zones than there may be are named once', () => {
    const zones = Array.from({ length: 203 }, (_, depth) => [
      `z${depth}`,
      zone('while', depth > 0 ? { parent: `z${depth - 1}` } : {}),
    ]);
    expect(issues(flow({ ...Object.fromEntries(zones), a: inside('z202', 'int') }))).toEqual([
      'error node/too-deep nodes/z200',
    ]);
  });

  test('where an event cannot fire', () => {
    const nodes = { t: 'tick', g: zone('group'), u: inside('g', 'tick'), l: list, v: inside('l', 'tick') };
    expect(issues(flow(nodes))).toEqual(['error node/event-inside nodes/v']);
    const sub = { kind: 'subgraph', nodes: { t: node('tick') }, edges: {} } as const;
    expect(issues(flow({}, [], { types: { sub } }))).toEqual(['error node/event-inside types/sub/nodes/t']);
  });
});

describe('wires and ports of zones', () => {
  const nodes = { n: 'number', l: list, a: inside('l', 'same'), out: 'show' };

  test('that lead out of a body, or into its end, are named', () => {
    const document = flow(nodes, ['a.out -> out.value', 'n.out -> l.result', 'l.item -> a.x', 'a.out -> l.result']);
    expect(issues(document)).toEqual([
      'error edge/escapes-zone edges/e0',
      'error edge/not-in-zone edges/e1',
      'error edge/too-many edges/e3',
    ]);
  });

  test('that wait for their own zone are a cycle', () => {
    const document = flow({ ...nodes, x: 'same' }, ['l.result -> x.x', 'x.out -> a.x']);
    expect(issues(document)).toEqual(['error graph/cycle nodes/x']);
  });

  test('are checked inside subgraphs, too', () => {
    const { nodes: inner, edges } = flow(nodes, ['a.out -> out.value']);
    const types: FlowDocument['types'] = { sub: { kind: 'subgraph', nodes: inner, edges } };
    expect(issues(flow({}, [], { types }))).toEqual(['error edge/escapes-zone types/sub/edges/e0']);
  });

  test('cannot be shown outside when they have a value for each iteration', () => {
    const document = flow(nodes, [], {
      inputs: { fine: { node: 'a', port: 'x' }, inner: { node: 'l', port: 'result' } },
      outputs: {
        fine: { node: 'l', port: 'result' },
        inner: { node: 'l', port: 'item' },
        body: { node: 'a', port: 'out' },
      },
    });
    expect(validate(document, library).map(({ path, message }) => [path.join('/'), message])).toEqual([
      [
        'inputs/inner',
        'The port "inner" leads to "result" of node "l", which can be reached only from within the zone.',
      ],
      [
        'outputs/inner',
        'The port "inner" leads to "item" of node "l", which can be reached only from within the zone.',
      ],
      [
        'outputs/body',
        'The port "body" leads to "out" of node "a", which has another value in each iteration of "l"; use an output of the zone.',
      ],
    ]);
  });
});
