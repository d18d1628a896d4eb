import type { FlowDocument, Json } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { StopSource } from './event-source.js';
import { hostFlow, liveStage, probe, turn } from './live-fixture.js';

const probeFlow = (inputs?: Readonly<Record<string, Json>>): FlowDocument =>
  flow().node('n', 'test/probe', inputs).document;

/** A promise that the test settles. */
function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

describe('a source', () => {
  it('gets the literals of its node, with the defaults of the type', () => {
    const source = probe(() => () => undefined);
    liveStage(probeFlow({ path: '/hook' }), { sources: [source] });
    expect(source.starts[0]?.inputs).toEqual({ port: 80, path: '/hook' });
  });

  it('may fire while it starts', () => {
    const source = probe(({ fire }) => {
      fire({ a: 1 });
      return () => undefined;
    });
    const { engine } = liveStage(probeFlow(), { sources: [source] });
    expect(engine.runs).toHaveLength(1);
  });

  it('fails its node when its start throws or rejects', async () => {
    const throwing = probe(() => {
      throw new RangeError('port 80 is taken');
    });
    const first = liveStage(probeFlow(), { sources: [throwing] });
    await turn();
    expect(first.events).toMatchObject([
      {
        kind: 'event-failed',
        node: 'n',
        error: { code: 'event/source-failed', message: 'RangeError: port 80 is taken' },
      },
    ]);
    const second = liveStage(probeFlow(), { sources: [probe(() => Promise.reject(new RangeError('taken')))] });
    expect(second.live.state.nodes.get('n')?.status).toBe('starting');
    await turn();
    expect(second.story()).toEqual(['event-failed n event/source-failed']);
    expect(second.live.state.nodes.get('n')?.status).toBe('error');
  });

  it('that fails is stopped once, fires no more, and leaves running and waiting firings alone', async () => {
    const source = probe(() => () => undefined);
    const { live, engine, story } = liveStage(probeFlow(), { sources: [source] });
    const [started] = source.starts;
    started?.fire({ a: 1 });
    started?.fire({ a: 2 });
    started?.fail(new Error('gone'));
    started?.fail(new Error('again'));
    started?.fire({ a: 3 });
    expect(started?.signal.aborted).toBe(true);
    expect(started?.stops).toBe(1);
    engine.runs[0]?.finish();
    await turn();
    expect(engine.runs).toHaveLength(2);
    expect(live.state.nodes.get('n')).toMatchObject({ status: 'error', fired: 2, running: 1 });
    expect(story().filter((line) => line.startsWith('event-failed'))).toHaveLength(1);
    await live.stop();
    expect(started?.stops).toBe(1);
  });

  it('that fails while it starts is let go as soon as it can be', async () => {
    const source = probe(({ fail }) => {
      fail(new Error('at once'));
      return () => undefined;
    });
    const { story } = liveStage(probeFlow(), { sources: [source] });
    await turn();
    expect(source.starts[0]?.stops).toBe(1);
    expect(story()).toEqual(['event-failed n event/source-failed']);
  });

  it('that is still starting when it has to stop is let go when it has started', async () => {
    const start = deferred<StopSource>();
    const source = probe(() => start.promise);
    const { live, story } = liveStage(probeFlow(), { sources: [source] });
    let isStopped = false;
    const stopping = live.stop().then(() => {
      isStopped = true;
    });
    await turn();
    expect(source.starts[0]?.signal.aborted).toBe(true);
    expect(isStopped).toBe(false);
    start.resolve(() => undefined);
    await stopping;
    expect(source.starts[0]?.stops).toBe(1);
    expect(story()).toEqual(['source-stopped n', 'live-stopped']);
  });

  it('whose start ends with an error after it was told to stop is stopped all the same', async () => {
    const start = deferred<StopSource>();
    const { live, story } = liveStage(probeFlow(), { sources: [probe(() => start.promise)] });
    const stopping = live.stop();
    start.reject(new DOMException('', 'AbortError'));
    await stopping;
    expect(story()).toEqual(['source-stopped n', 'live-stopped']);
  });

  it.each<[string, () => void | Promise<void>]>([
    [
      'throws',
      () => {
        throw new Error('stuck');
      },
    ],
    ['rejects', () => Promise.reject(new Error('stuck'))],
  ])('whose stop %s is told, and holds nothing up', async (_, stop) => {
    const { live, story } = liveStage(probeFlow(), { sources: [probe(() => stop)] });
    await live.stop();
    expect(story()).toEqual([
      'source-started n',
      'event-failed n event/source-failed',
      'source-stopped n',
      'live-stopped',
    ]);
    expect(live.state.nodes.get('n')).toMatchObject({ status: 'error', error: { message: 'Error: stuck' } });
  });

  it('[L5] that does not stop is left behind after five seconds', async () => {
    const { live, clock, story } = liveStage(probeFlow(), {
      sources: [probe(() => () => new Promise(() => undefined))],
    });
    const stopping = live.stop();
    clock.advance(4_999);
    await turn();
    expect(live.state.status).toBe('stopping');
    clock.advance(1);
    await stopping;
    expect(story()).toContain('event-failed n event/stop-timed-out');
    expect(clock.pending).toBe(0);
  });

  it('may give nothing that stops it', async () => {
    const source = { name: 'probe', start: () => undefined as unknown as StopSource };
    const { live, story } = liveStage(probeFlow(), { sources: [source] });
    await live.stop();
    expect(story()).toEqual(['source-started n', 'source-stopped n', 'live-stopped']);
  });
});

describe('[L6] another document', () => {
  it('starts a source anew although the old one could not be let go, which is told', async () => {
    const source = probe(() => () => Promise.reject(new Error('stuck')));
    const { live, story } = liveStage(probeFlow({ path: 'a' }), { sources: [source] });
    live.update(probeFlow({ path: 'b' }));
    await turn();
    expect(story()).toEqual([
      'source-started n',
      'event-failed n event/source-failed',
      'source-stopped n',
      'source-started n',
    ]);
    expect(live.state.nodes.get('n')?.status).toBe('listening');
  });

  it('starts only those sources anew whose node changed', () => {
    const source = probe(() => () => undefined);
    const base = flow().node('n', 'test/probe', { path: 'a', port: 1 });
    const { live } = liveStage(base.document, { sources: [source] });
    const { n } = base.document.nodes;
    if (!n) throw new Error('no node');
    const swapped = {
      ...n,
      position: { x: 5, y: 5 },
      label: 'x',
      inputs: { port: 1, path: 'a' },
      settings: { retries: 1 },
    };
    live.update({ ...base.document, nodes: { n: swapped } });
    live.update(base.node('other', 'test/unknown').document);
    expect(source.starts).toHaveLength(1);
    live.update(flow().node('n', 'test/probe', { path: 'b', port: 1 }).document);
    expect(source.starts.map(({ inputs, stops }) => [inputs.path, stops])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });

  it('lets a source go before the next one begins, and skips those between', async () => {
    const stops = [deferred<void>(), deferred<void>()];
    const source = probe((_, count) => () => stops[count - 1]?.promise);
    const { live } = liveStage(probeFlow({ path: 'a' }), { sources: [source] });
    live.update(probeFlow({ path: 'b' }));
    live.update(probeFlow({ path: 'c' }));
    await turn();
    expect(source.starts.map(({ inputs }) => inputs.path)).toEqual(['a']);
    expect(live.state.nodes.get('n')?.status).toBe('starting');
    stops[0]?.resolve();
    await turn();
    expect(source.starts.map(({ inputs }) => inputs.path)).toEqual(['a', 'c']);
    expect(live.state.nodes.get('n')?.status).toBe('listening');
    stops[1]?.resolve();
  });

  it('lets child runs end with their old document, and begins the next with the new one', async () => {
    const { document } = hostFlow();
    const { live, engine, go } = liveStage(document);
    go(1);
    go(2);
    const after = hostFlow().node('more', 'test/unknown').document;
    live.update(after);
    expect(engine.runs[0]?.status).toBe('running');
    engine.runs[0]?.finish();
    await turn();
    expect(engine.runs.map((run) => run.document)).toEqual([document, after]);
  });

  it('without a node ends its source and what waits, not its run', async () => {
    const { live, engine, story, go } = liveStage(hostFlow().document);
    go(1);
    go(2);
    live.update(flow().document);
    expect(live.state.nodes.size).toBe(0);
    expect(go(3)).toBe(0);
    await turn();
    expect(story().slice(2)).toEqual(['source-stopped n', 'firings-dropped n 1 event/stopped']);
    expect(engine.running).toHaveLength(1);
    engine.runs[0]?.finish();
    await turn();
    expect(engine.runs).toHaveLength(1);
    live.update(hostFlow().document);
    expect(go(4)).toBe(1);
    expect(engine.running).toHaveLength(1);
  });

  it('that brings a node back waits for its old source', async () => {
    const stop = deferred<void>();
    const source = probe(() => () => stop.promise);
    const { live } = liveStage(probeFlow(), { sources: [source] });
    live.update(flow().document);
    live.update(probeFlow());
    await turn();
    expect(source.starts).toHaveLength(1);
    stop.resolve();
    await turn();
    expect(source.starts).toHaveLength(2);
    expect(live.state.nodes.get('n')?.status).toBe('listening');
  });
});

describe('[L5] stopping', () => {
  it('ends sources, waiting firings and child runs, and resolves when all have ended', async () => {
    const { live, engine, clock, story, go } = liveStage(hostFlow().node('t', 'loom/timer').document);
    engine.endsAtOnce = false;
    go(1);
    go(2);
    await turn();
    const stopping = live.stop();
    expect(live.stop()).toBe(stopping);
    expect(go(3)).toBe(0);
    expect(clock.pending).toBe(0);
    await turn();
    expect(live.state).toMatchObject({ status: 'stopping' });
    expect(engine.runs.map(({ status }) => status)).toEqual(['cancelling']);
    engine.runs[0]?.finish('cancelled');
    await stopping;
    expect(live.state.status).toBe('stopped');
    expect(story().slice(2)).toEqual([
      'firing-started n 0',
      'source-stopped n',
      'source-stopped t',
      'firings-dropped n 1 event/stopped',
      'firing-finished n 0 cancelled',
      'live-stopped',
    ]);
    live.update(hostFlow().node('late', 'loom/timer').document);
    expect(live.state.nodes.has('late')).toBe(false);
    expect(engine.runs).toHaveLength(1);
  });

  it('waits for the runs of nodes that were removed', async () => {
    const { live, engine, go } = liveStage(hostFlow().document);
    engine.endsAtOnce = false;
    go();
    live.update(flow().document);
    let isStopped = false;
    const stopping = live.stop().then(() => {
      isStopped = true;
    });
    await turn();
    expect([isStopped, engine.runs[0]?.status]).toEqual([false, 'cancelling']);
    engine.runs[0]?.finish('cancelled');
    await stopping;
  });
});
