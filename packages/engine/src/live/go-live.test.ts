import { type FlowDocument, type Json, LoomError } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { hostFlow, liveStage, probe, turn } from './live-fixture.js';
import type { LiveOptions } from './live-flow.js';

const moved = (document: FlowDocument, id: string): FlowDocument => {
  const node = document.nodes[id];
  if (!node) throw new Error(`no node ${id}`);
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, position: { x: 9, y: 9 }, label: 'new' } } };
};

describe('a live flow', () => {
  it('[L1] runs nothing until something fires', async () => {
    const { live, engine, story } = liveStage(hostFlow().node('t', 'loom/timer').document);
    await turn();
    expect(engine.runs).toEqual([]);
    expect(live.state.status).toBe('live');
    expect(live.state.nodes.get('t')).toEqual({ status: 'listening', fired: 0, running: 0, waiting: 0, dropped: 0 });
    expect(story()).toEqual(['source-started n', 'source-started t']);
  });

  it('[L3] begins a child run from the node that fired, with its payload', async () => {
    const { document } = hostFlow().node('t', 'loom/timer', { intervalMs: 500 });
    const { engine, clock, go, story } = liveStage(document, { inputs: { x: 1 }, timeoutMs: 9, onError: 'stop' });
    expect(go({ id: 7 })).toBe(1);
    clock.advance(500);
    const more = { inputs: { x: 1 }, timeoutMs: 9, onError: 'stop', ignoreBreakpoints: true };
    expect(engine.runs.map(({ options }) => options)).toEqual([
      {
        targets: { kind: 'from', nodes: ['n'] },
        pins: { n: { payload: { id: 7 } } },
        trigger: { node: 'n', firing: 0 },
        ...more,
      },
      {
        targets: { kind: 'from', nodes: ['t'] },
        pins: { t: { tick: 0, at: 1_500 } },
        trigger: { node: 't', firing: 0 },
        ...more,
      },
    ]);
    expect(engine.runs[0]?.document).toBe(document);
    for (const run of engine.runs) run.finish('failed');
    await turn();
    expect(story().slice(2)).toEqual([
      'firing-started n 0',
      'firing-started t 0',
      'firing-finished n 0 failed',
      'firing-finished t 0 failed',
    ]);
  });

  it('[L2] reaches every node that waits for a name, and says how many these are', () => {
    const { document } = hostFlow().node('m', 'loom/host-event', { name: 'go' }).node('o', 'loom/host-event', {
      name: 'other',
    });
    const { live, engine, go } = liveStage(document);
    expect(go()).toBe(2);
    expect(live.emit('nobody')).toBe(0);
    expect(engine.runs.map(({ options }) => options.trigger?.node)).toEqual(['n', 'm']);
    expect(engine.runs[0]?.options.pins).toEqual({ n: { payload: null } });
  });

  it('keeps a copy of what was fired, and of the ports that the node has', async () => {
    const source = probe(() => () => undefined);
    const { engine } = liveStage(flow().node('n', 'test/probe').document, { sources: [source] });
    const rows = [{ x: 1 }];
    source.starts[0]?.fire({ a: rows, more: 1 });
    source.starts[0]?.fire({ a: rows });
    rows.push({ x: 2 });
    engine.runs[0]?.finish();
    await turn();
    expect(engine.runs.map(({ options }) => options.pins)).toEqual([
      { n: { a: [{ x: 1 }] } },
      { n: { a: [{ x: 1 }] } },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['a date', new Date(0), 'payload is Date'],
    ['no number', { x: [1, Number.NaN] }, 'payload.x[1] is NaN'],
    ['a function', { 'on click': () => 1 }, 'payload["on click"] is function'],
    ['undefined in a list', [undefined], 'payload[0] is undefined'],
    ['too deep', Array.from({ length: 300 }).reduce((inner) => [inner], 1), 'nested more than 200 levels'],
    ['too much', Array.from({ length: 1_000_000 }, () => 0), 'at most 1000000 items'],
  ])('refuses what is no JSON: %s', (_, payload, message) => {
    const { engine, go } = liveStage(hostFlow().document);
    expect(() => go(payload as Json)).toThrow(
      expect.objectContaining({ code: 'event/not-json', message: expect.stringContaining(message) }),
    );
    expect(engine.runs).toEqual([]);
  });

  it('takes plain data with odd keys as it is', () => {
    const { engine, go } = liveStage(hostFlow().document);
    const payload = JSON.parse('{"__proto__":{"x":[1,"",null,false,-0.5]},"":{}}') as Json;
    go(payload);
    expect(JSON.stringify(engine.runs[0]?.options.pins?.n?.payload)).toBe(JSON.stringify(payload));
    go({ absent: undefined } as unknown as Json);
  });

  it('leaves muted event nodes alone', () => {
    const { live, go } = liveStage(hostFlow({ mode: 'muted' }).document);
    expect(go()).toBe(0);
    expect(live.state.nodes.size).toBe(0);
  });

  it('[L1] goes on with other nodes when one cannot listen, and says why', async () => {
    const { document } = hostFlow()
      .node('none', 'test/probe')
      .node('fast', 'loom/timer', { intervalMs: 0 })
      .node('text', 'loom/timer', { intervalMs: '1' })
      .node('nameless', 'loom/host-event')
      .node('wired', 'loom/host-event', { name: 'go' })
      .wire('n.payload', 'wired.name');
    const { live, story, go } = liveStage(document);
    await turn();
    expect(story()).toEqual([
      'source-started n',
      'event-failed none event/no-source',
      'event-failed fast event/wrong-interval',
      'event-failed text node/wrong-literal',
      'event-failed nameless node/missing-input',
      'event-failed wired event/wired-input',
    ]);
    expect(live.state.nodes.get('none')).toMatchObject({ status: 'error', error: { code: 'event/no-source' } });
    expect(go()).toBe(1);
  });

  it('refuses two sources of one name', () => {
    const sources = [probe(() => () => undefined), { ...probe(() => () => undefined), name: 'timer' }];
    expect(() => liveStage(flow().document, { sources })).toThrow(
      expect.objectContaining({ code: 'event/duplicate-source' }),
    );
  });

  it('fails a node for which no run can begin, until there is another document', async () => {
    const { live, engine, story, go } = liveStage(hostFlow().node('m', 'loom/host-event', { name: 'go' }).document);
    go();
    go();
    engine.refusal = new LoomError('flow/unknown-input', 'no');
    engine.runs[0]?.finish();
    await turn();
    expect(live.state.nodes.get('n')).toMatchObject({ status: 'error', error: { code: 'flow/unknown-input' } });
    expect(live.state.nodes.get('m')).toMatchObject({ status: 'listening', running: 1, waiting: 1 });
    expect(go()).toBe(1);
    engine.refusal = undefined;
    live.update(moved(hostFlow().node('m', 'loom/host-event', { name: 'go' }).document, 'n'));
    expect(live.state.nodes.get('n')).toMatchObject({ status: 'listening' });
    expect(go()).toBe(2);
    await turn();
    expect(story()).toContain('event-failed n flow/unknown-input');
  });

  it('survives a fault of the engine, and goes on with what waits', async () => {
    const { engine, events, go } = liveStage(hostFlow().document);
    go(1);
    go(2);
    engine.runs[0]?.breakDown(new TypeError('broken'));
    await turn();
    expect(engine.runs).toHaveLength(2);
    expect(events.find(({ kind }) => kind === 'firing-finished')).toMatchObject({
      status: 'failed',
      error: { code: 'engine/fault', message: 'TypeError: broken' },
    });
  });

  it('survives listeners that throw, and keeps its state until something changes', async () => {
    const faults: unknown[] = [];
    const options: LiveOptions = { onListenerError: (error) => faults.push(error) };
    const { live, go } = liveStage(hostFlow().document, options);
    live.subscribe(() => {
      throw new Error('mine');
    });
    await turn();
    const { state } = live;
    expect(live.state).toBe(state);
    go();
    expect(live.state).not.toBe(state);
    expect(state.nodes.get('n')?.fired).toBe(0);
    expect(live.state.nodes.get('n')).toMatchObject({ fired: 1, running: 1 });
    await turn();
    expect(faults).toHaveLength(2);
  });
});

describe('[L4] the policy of an event node', () => {
  it('queue: one after another, in order', async () => {
    const { engine, go, live } = liveStage(hostFlow().document);
    for (const payload of [1, 2, 3]) go(payload);
    expect(live.state.nodes.get('n')).toMatchObject({ running: 1, waiting: 2 });
    for (let i = 0; i < 3; i++) {
      expect(engine.runs).toHaveLength(i + 1);
      engine.runs[i]?.finish();
      await turn();
    }
    expect(engine.runs.map(({ options }) => options.pins?.n?.payload)).toEqual([1, 2, 3]);
  });

  it('queue: of more than a thousand that wait the oldest go, which is told once', async () => {
    const { engine, go, live, story } = liveStage(hostFlow().document);
    await turn();
    for (let i = 0; i < 1_501; i++) go(i);
    await turn();
    expect(story().slice(1)).toEqual(['firing-started n 0', 'firings-dropped n 500 event/overflow']);
    expect(live.state.nodes.get('n')).toMatchObject({ fired: 1_501, running: 1, waiting: 1_000, dropped: 500 });
    engine.runs[0]?.finish();
    await turn();
    expect(engine.runs[1]?.options.pins).toEqual({ n: { payload: 501 } });
  });

  it('drop: what fires during a run is dropped', async () => {
    const { engine, go, story } = liveStage(hostFlow({ eventPolicy: 'drop' }).document);
    for (const payload of [1, 2, 3]) go(payload);
    engine.runs[0]?.finish();
    await turn();
    go(4);
    expect(engine.runs.map(({ options }) => options.pins?.n?.payload)).toEqual([1, 4]);
    expect(story()).toContain('firings-dropped n 2 event/busy');
  });

  it('latest: the newest waits', async () => {
    const { engine, go, story } = liveStage(hostFlow({ eventPolicy: 'latest' }).document);
    for (const payload of [1, 2, 3, 4]) go(payload);
    engine.runs[0]?.finish();
    await turn();
    expect(engine.runs.map(({ options }) => options.pins?.n?.payload)).toEqual([1, 4]);
    expect(engine.runs.map(({ options }) => options.trigger?.firing)).toEqual([0, 3]);
    expect(story()).toContain('firings-dropped n 2 event/overtaken');
  });

  it('parallel: 64 at once, then they wait', async () => {
    const { engine, go, live } = liveStage(hostFlow({ eventPolicy: 'parallel' }).document);
    for (let i = 0; i < 70; i++) go(i);
    expect(engine.running).toHaveLength(64);
    expect(live.state.nodes.get('n')).toMatchObject({ running: 64, waiting: 6 });
    for (const run of engine.runs.slice(0, 10)) run.finish();
    await turn();
    expect(engine.running).toHaveLength(60);
    expect(live.state.nodes.get('n')).toMatchObject({ running: 60, waiting: 0 });
  });

  it('may change while firings wait', async () => {
    const { engine, go, live } = liveStage(hostFlow().document);
    for (let i = 0; i < 70; i++) go(i);
    live.update(hostFlow({ eventPolicy: 'parallel' }).document);
    expect(engine.running).toHaveLength(64);
    live.update(hostFlow({ eventPolicy: 'latest' }).document);
    go('newest');
    for (const run of engine.running) run.finish();
    await turn();
    expect(engine.running.map(({ options }) => options.pins?.n?.payload)).toEqual(['newest']);
  });
});
