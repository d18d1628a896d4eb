import { builtinShelf, createEngine, createJavaScriptExecutor, type RunOptions } from '@loom/engine';
import { createLibrary, load } from '@loom/graph';
import { expect, it, onTestFinished } from 'vitest';
import type { Terminal } from '../terminal.js';
import { nodeTitles } from './node-titles.js';
import { Progress } from './progress.js';
import { createReport, formatResult } from './report.js';
import { SkippedNodes } from './skipped-nodes.js';

const library = createLibrary({ shelves: [builtinShelf] });
const position = { x: 0, y: 0 };
const wire = (source: string, sourcePort: string, target: string, targetPort: string) => ({
  source,
  sourcePort,
  target,
  targetPort,
});
const half = {
  kind: 'javascript',
  source: "export default ({ n }) => { if (n % 2) throw new Error(n + ' is odd'); return { n: n / 2 }; }",
  inputs: { n: { type: 'number' } },
  outputs: { n: { type: 'number' } },
  pure: true,
} as const;

/** What is printed of a flow, and what is told meanwhile. */
async function printed(flow: object, options: RunOptions = {}): Promise<{ out: string; err: string }> {
  const { document } = load({ loom: 1, ...flow });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], retryDelayMs: 1 });
  onTestFinished(() => engine.dispose());
  const title = nodeTitles(document, library);
  const skipped = new SkippedNodes();
  let err = '';
  const terminal: Terminal = {
    out: () => undefined,
    err: (text) => {
      err += text;
    },
    interactive: true,
    columns: 80,
    folder: '',
    signal: new AbortController().signal,
  };
  engine.subscribe(skipped.onEvents);
  engine.subscribe(new Progress(terminal, title).onEvents);
  const result = await engine.run(document, options).result;
  const out = formatResult(document, title, { ...result, skipped: skipped.all });
  return { out: out.replace(/in \d+\.\d+ s/, 'in 0 s'), err };
}

const zone = {
  nodes: {
    each: {
      type: 'loom/for-each',
      label: 'Each',
      position,
      inputs: { items: [2, 3, 4] },
      settings: { zone: { kind: 'for-each', onError: 'collect', concurrency: 1 } },
    },
    half: { type: 'half', label: 'Half', parent: 'each', position },
  },
  edges: { in: wire('each', 'item', 'half', 'n'), out: wire('half', 'n', 'each', 'result') },
  types: { half },
};

it('prints what a zone gives, and says of a collected error that the zone went on', async () => {
  const { out } = await printed(zone);
  expect(out).toContain('Each: result (number[], 2 items)\n  [1,2]');
  expect(out).toMatch(/1 {2}half {2}javascript\/exception {2}Error: 3 is odd/);
  expect(out).toContain('Half failed in "Each", which lists its errors and goes on: Error: 3 is odd');
  expect(out.endsWith('succeeded in 0 s: 1 done, 1 failed\n')).toBe(true);
});

it('counts a node of a zone once, and names the iteration that it is in', async () => {
  const { err } = await printed(zone);
  expect(err).toContain('1/2 Each 2 › Half');
  expect(err).not.toContain('3/2');
});

it('prints a promoted output though a wire leads on from it', async () => {
  const nodes = {
    two: { type: 'loom/value-number', label: 'Two', position, inputs: { value: 2 } },
    half: { type: 'half', label: 'Half', position },
  };
  const edges = { a: wire('two', 'value', 'half', 'n') };
  const types = { half };
  expect((await printed({ nodes, edges, types })).out).not.toContain('Two (');
  const outputs = { two: { node: 'two', port: 'value' } };
  expect((await printed({ nodes, edges, types, outputs })).out).toContain('Two (number)\n  2\n\nHalf (number)\n  1\n');
});

it('says which nodes were skipped, and why', async () => {
  const nodes = {
    branch: { type: 'loom/branch', label: 'Big?', position, inputs: { value: 2, condition: false } },
    half: { type: 'half', label: 'Half', position },
    timer: { type: 'loom/timer', label: 'Clock', position },
  };
  const { out } = await printed({ nodes, edges: { a: wire('branch', 'true', 'half', 'n') }, types: { half } });
  expect(out).toContain('Skipped\n');
  expect(out).toContain('  Half: "Big?" gave nothing to it\n');
  expect(out).toContain('  Clock: it waits for an event, which comes only while a flow is live\n');
});

it('shortens a long list of skipped nodes', async () => {
  const muted = Array.from({ length: 20 }, (_, i) => [
    `n${i}`,
    { type: 'loom/value-number', label: `N${i}`, position, settings: { mode: 'muted' } },
  ]);
  const { out } = await printed({ nodes: Object.fromEntries(muted) });
  expect(out.match(/it is muted/g)).toHaveLength(12);
  expect(out).toContain('  … and 8 more\n');
});

it('tells of tries that failed, and names nodes within subgraphs', async () => {
  const nodes = { quarter: { type: 'quarter', label: 'Quarter', position, inputs: { n: 3 } } };
  const quarter = {
    kind: 'subgraph',
    nodes: { half: { type: 'half', label: 'Inner half', position, settings: { retries: 1 } } },
    edges: {},
    inputs: { n: { node: 'half', port: 'n' } },
    outputs: { n: { node: 'half', port: 'n' } },
  };
  const { out, err } = await printed({ nodes, types: { half, quarter } });
  expect(err).toContain('Quarter › Inner half is tried again after: Error: 3 is odd\n');
  expect(out).toContain('Quarter failed: ');
});

it('names nodes of one title by their ids, too', async () => {
  const nodes = {
    one: { type: 'half', label: 'Half', position, inputs: { n: 1 } },
    two: { type: 'half', label: 'Half', position },
  };
  const { out } = await printed({ nodes, edges: { a: wire('one', 'n', 'two', 'n') }, types: { half } });
  expect(out).toContain('Half (one) failed: Error: 1 is odd\n    half, line 1');
  expect(out).toContain('  Half (two): "Half (one)" failed\n');
});

it('lists in JSON what was skipped, and why', async () => {
  const nodes = {
    one: { type: 'half', position, inputs: { n: 1 } },
    two: { type: 'half', position },
    out: { type: 'half', position, inputs: { n: 2 }, settings: { mode: 'muted' } },
  };
  const { document } = load({ loom: 1, nodes, edges: { a: wire('one', 'n', 'two', 'n') }, types: { half } });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const skipped = new SkippedNodes();
  engine.subscribe(skipped.onEvents);
  const report = await createReport(engine, await engine.run(document).result, { skipped: skipped.all });
  expect(report).toMatchObject({
    status: 'failed',
    errors: [{ node: 'one', code: 'javascript/exception', line: 1 }],
    skipped: [
      { node: 'out', reason: { kind: 'muted' } },
      { node: 'two', reason: { kind: 'upstream-error', node: 'one' } },
    ],
  });
});
