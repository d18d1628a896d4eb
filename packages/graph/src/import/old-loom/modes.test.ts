import { describe, expect, test } from 'vitest';
import { expectSound, fixture, oldFile, oldNode, told, wires } from '../import-fixture.js';
import { importOldLoom } from './import-old-loom.js';

describe('conditional', () => {
  const check = { execution_mode: 'conditional', true_path: ['yes'], false_path: ['no'] };

  test('the use case "processing by size" becomes a branch, with what was tested as its value', () => {
    const result = importOldLoom(fixture('old-loom-size'));
    expectSound(result);
    expect(result.document.nodes['check_size-branch']?.type).toBe('loom/branch');
    expect(result.document.nodes.check_size?.type).toBe('old-loom/node/is_large_dataset');
    expect(wires(result.document)).toEqual([
      'load_data.rows -> check_size.rows',
      'parallel_process.result -> report-result.values',
      'sequential_process.result -> report-result.values',
      'load_data.rows -> check_size-branch.value',
      'check_size.is_large -> check_size-branch.condition',
      'check_size-branch.true -> parallel_process.rows',
      'check_size-branch.false -> sequential_process.rows',
      'report-result.value -> report.result',
    ]);
    expect(told(result)).toEqual([
      'import/no-branches nodes/parallel_process',
      'import/strict-condition nodes/check_size',
      'import/wired-by-metadata nodes/parallel_process',
    ]);
  });

  test('wires from the condition to its paths go through the branch, others stay', () => {
    const nodes = [oldNode('c', '| r', check), oldNode('yes', 'a |'), oldNode('no', 'a |'), oldNode('log', 'a |')];
    const result = importOldLoom(oldFile(nodes, ['c.0 -> yes.0', 'c.0 -> no.0', 'c.0 -> log.0']));
    expectSound(result);
    expect(wires(result.document)).toEqual([
      'c-branch.true -> yes.a',
      'c-branch.false -> no.a',
      'c.r -> log.a',
      'c.r -> c-branch.value',
      'c.r -> c-branch.condition',
    ]);
  });

  test('a wire from elsewhere brings its own value through the branch', () => {
    const nodes = [oldNode('d', '| v'), oldNode('c', 'v | r', check), oldNode('yes', 'a b |'), oldNode('no', 'a |')];
    const wired = ['d.0 -> c.0', 'd.0 -> yes.1', 'c.0 -> no.0'];
    const result = importOldLoom(oldFile(nodes, wired));
    expectSound(result);
    expect(wires(result.document)).toEqual(
      expect.arrayContaining(['d.v -> c-branch.value', 'c-branch.true -> yes.b', 'c-branch-2.false -> no.a']),
    );
  });

  test('a node with literals only gets one of them through the branch', () => {
    const nodes = [oldNode('c', '| r', check), oldNode('yes', 'a=5 b=6 |'), oldNode('no', 'a |')];
    const result = importOldLoom(oldFile(nodes, []));
    expectSound(result);
    expect(result.document.nodes.yes?.inputs).toEqual({ b: 6 });
    expect(result.document.nodes['yes-value']).toMatchObject({ type: 'loom/value-json', inputs: { value: 5 } });
    expect(wires(result.document)).toEqual(
      expect.arrayContaining(['yes-value.value -> c-branch.value', 'c-branch.true -> yes.a']),
    );
  });

  test('a node without inputs cannot be held back, and that is told', () => {
    const result = importOldLoom(oldFile([oldNode('c', '| r', check), oldNode('yes', '|'), oldNode('no', 'a |')], []));
    expectSound(result);
    expect(told(result)).toContain('import/no-way-in nodes/yes');
  });

  test('where both ways meet at different inputs, the node runs with what arrives', () => {
    const nodes = [
      oldNode('c', '| r', check),
      oldNode('yes', 'a | o'),
      oldNode('no', 'a | o'),
      oldNode('end', 'p q |'),
    ];
    const wired = ['c.0 -> yes.0', 'c.0 -> no.0', 'yes.0 -> end.0', 'no.0 -> end.1'];
    const result = importOldLoom(oldFile([...nodes, oldNode('after', 'p |')], [...wired, 'yes.0 -> after.0']));
    expectSound(result);
    expect(result.document.nodes.end?.settings).toEqual({ join: 'any' });
    expect(result.document.nodes.after?.settings).toBeUndefined();
    expect(told(result)).toContain('import/join-any nodes/end');
  });

  test('a node of both paths runs in any case', () => {
    const always = { ...check, true_path: ['yes', 'no'], false_path: ['no'] };
    const nodes = [oldNode('c', '| r', always), oldNode('yes', 'a |'), oldNode('no', 'a |')];
    const result = importOldLoom(oldFile(nodes, ['c.0 -> yes.0', 'c.0 -> no.0']));
    expectSound(result);
    expect(wires(result.document)).toContain('c.r -> no.a');
  });

  test('a node on paths of two conditions runs when either lets it', () => {
    const one = { execution_mode: 'conditional', true_path: ['x'], false_path: [] };
    const nodes = [oldNode('d', '| v'), oldNode('c1', '| r', one), oldNode('c2', '| r', one), oldNode('x', 'a |')];
    const result = importOldLoom(oldFile(nodes, ['d.0 -> x.0']));
    expectSound(result);
    expect(wires(result.document)).toEqual(
      expect.arrayContaining(['c1-branch.true -> x-a.values', 'c2-branch.true -> x-a.values', 'x-a.value -> x.a']),
    );
    expect(told(result)).toContain('import/several-conditions nodes/x');
  });

  test.each<[string, object, string]>([
    ['a path to a node that does not exist', { true_path: ['yes', 'gone'] }, 'import/unknown-node nodes/c'],
    ['a path to itself', { true_path: ['c', 'yes'] }, 'import/path-to-itself nodes/c'],
    ['no paths', { true_path: [], false_path: [] }, 'import/no-paths nodes/c'],
  ])('%s is told', (_, metadata, issue) => {
    const nodes = [oldNode('c', '| r', { ...check, ...metadata }), oldNode('yes', 'a |'), oldNode('no', 'a |')];
    const result = importOldLoom(oldFile(nodes, ['c.0 -> yes.0', 'c.0 -> no.0']));
    expectSound(result);
    expect(told(result)).toContain(issue);
  });
});

describe('parallel', () => {
  test('the use case "three calls and a merge" becomes plain wires, and the node hands its input on', () => {
    const result = importOldLoom(fixture('old-loom-calls'));
    expectSound(result);
    expect(result.document.nodes.parallel_api?.type).toBe('loom/merge');
    expect(wires(result.document)).toEqual([
      'prepare_requests.requests -> parallel_api.values',
      'parallel_api.value -> call_api_1.requests',
      'parallel_api.value -> call_api_2.requests',
      'parallel_api.value -> call_api_3.requests',
      'call_api_1.answer -> merge_results.a',
      'call_api_2.answer -> merge_results.b',
      'clean_3.answer -> merge_results.c',
      'call_api_3.answer -> clean_3.answer',
    ]);
    expect(told(result)).toEqual(['import/parallel nodes/parallel_api', 'import/wired-by-metadata nodes/call_api_1']);
  });

  test('a node that nothing leads into drops out', () => {
    const split = { execution_mode: 'parallel', parallel_branches: [['a'], ['b']] };
    const nodes = [
      oldNode('p', 'v=3 | x y', split),
      oldNode('a', 'v | r'),
      oldNode('b', 'v=4 | r'),
      oldNode('end', 's t |'),
    ];
    const result = importOldLoom(oldFile(nodes, ['p.0 -> end.0', 'p.1 -> end.1']));
    expectSound(result);
    expect(Object.keys(result.document.nodes)).toEqual(['a', 'b', 'end']);
    expect(result.document.nodes.a?.inputs).toEqual({ v: 3 });
    expect(result.document.nodes.b?.inputs).toEqual({ v: 4 });
    expect(wires(result.document)).toEqual(['a.r -> end.s', 'b.r -> end.t']);
    expect(told(result)).toEqual(['import/parallel nodes/0', 'import/wired-by-metadata nodes/a']);
  });

  test('wires to its branches bring what it got, and further inputs go past it', () => {
    const split = { execution_mode: 'parallel', parallel_branches: [['a'], ['b']] };
    const nodes = [oldNode('s', '| m n'), oldNode('p', 'm n | x y', split), oldNode('a', 'v |'), oldNode('b', 'v |')];
    const result = importOldLoom(oldFile(nodes, ['s.0 -> p.0', 's.1 -> p.1', 'p.0 -> a.0', 'p.1 -> b.0']));
    expectSound(result);
    expect(wires(result.document)).toEqual(['s.m -> p.values', 'p.value -> a.v', 's.n -> b.v']);
  });

  test('a branch on the path of a condition waits for it', () => {
    const split = { execution_mode: 'parallel', parallel_branches: [['a'], ['b']] };
    const check = { execution_mode: 'conditional', true_path: ['p'], false_path: [] };
    const nodes = [oldNode('c', '| r', check), oldNode('p', '|', split), oldNode('a', 'v |'), oldNode('b', 'v |')];
    const result = importOldLoom(oldFile(nodes, []));
    expectSound(result);
    expect(wires(result.document)).toEqual(
      expect.arrayContaining(['c-branch.true -> a.v', 'c-branch.true -> b.v', 'c.r -> c-branch.value']),
    );
  });

  test('parallel nodes in branches of each other are taken apart, whatever their order', () => {
    const outer = { execution_mode: 'parallel', parallel_branches: [['inner'], ['c']] };
    const inner = { execution_mode: 'parallel', parallel_branches: [['a'], ['b']] };
    const nodes = [
      oldNode('outer', '|', outer),
      oldNode('inner', '|', inner),
      ...['a', 'b', 'c'].map((id) => oldNode(id, 'v |')),
    ];
    for (const list of [nodes, nodes.toReversed()]) {
      const result = importOldLoom(oldFile(list, []));
      expectSound(result);
      expect(Object.keys(result.document.nodes).sort()).toEqual(['a', 'b', 'c']);
    }
  });

  test('values of the node that no branch can take are told', () => {
    const split = { execution_mode: 'parallel', parallel_branches: [['a']] };
    const nodes = [oldNode('s', '| v'), oldNode('p', 'v=1 w=2 x=3 |', split), oldNode('a', 'v w=4 |')];
    const result = importOldLoom(oldFile(nodes, ['s.0 -> p.0']));
    expectSound(result);
    const lost = result.issues.filter(({ code }) => code === 'import/parallel-value');
    expect(lost.map(({ message }) => message)).toEqual([
      'The value 1 of "p" was left out: a wire brings another.',
      'The value 2 of "p" was left out: no branch takes it.',
      'The value 3 of "p" was left out: no branch takes it.',
    ]);
  });

  test.each<[string, unknown, string[], string]>([
    ['a member that does not exist', [['a', 'gone']], [], 'import/unknown-node nodes/0'],
    ['a member of two branches', [['a'], ['a']], [], 'import/branch-member nodes/0'],
    ['the result of a branch that there is not', [['a']], ['p.1 -> b.0'], 'import/parallel-wire connections/0'],
    ['a wire to itself', [['a']], ['p.0 -> p.0'], 'import/parallel-wire connections/0'],
    ['an order that no wire says', [['a', 'c']], [], 'import/order nodes/c'],
  ])('%s is told', (_, branches, wired, issue) => {
    const split = { execution_mode: 'parallel', parallel_branches: branches };
    const nodes = [oldNode('p', 'i | x y', split), oldNode('a', 'v | r'), oldNode('b', 'v |'), oldNode('c', '|')];
    const result = importOldLoom(oldFile(nodes, wired));
    expectSound(result);
    expect(told(result)).toContain(issue);
  });
});

describe('event', () => {
  test('timers and events of the app take the place of event nodes', () => {
    const result = importOldLoom(fixture('old-loom-events'));
    const { nodes } = result.document;
    expectSound(result);
    expect(nodes.every).toMatchObject({ type: 'loom/timer', inputs: { intervalMs: 2500 } });
    expect(nodes.watch).toMatchObject({ type: 'loom/host-event', inputs: { name: 'file_change:data' } });
    expect(nodes.hook).toMatchObject({ type: 'loom/host-event', inputs: { name: 'http_request:hook' } });
    expect(wires(result.document)).toEqual([
      'every.tick -> log.when',
      'watch.payload -> log.file',
      'hook.payload -> log.body',
      'other.x -> log.x',
    ]);
    expect(told(result)).toEqual([
      'import/host-event nodes/watch',
      'import/event-input connections/4',
      'import/event-input nodes/watch',
      'import/event-function nodes/watch',
      'import/host-event nodes/hook',
      'import/unknown-event nodes/other',
      'import/undeclared-port connections/4',
      'import/event-value nodes/every',
    ]);
  });

  const wrong = ['import/event-interval nodes/t'];
  test.each<[unknown, number, string[]]>([
    [undefined, 1000, []],
    [0.0001, 1, []],
    ['2', 1000, wrong],
    [-1, 1000, wrong],
  ])('an interval of %s s', (interval, intervalMs, issues) => {
    const metadata = { execution_mode: 'event', event_type: 'timer', interval };
    const result = importOldLoom(oldFile([oldNode('t', '|', metadata)], []));
    expect(result.document.nodes.t?.inputs).toEqual({ intervalMs });
    expect(told(result)).toEqual(issues);
  });
});
