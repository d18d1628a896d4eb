import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostFlow, liveStage, turn } from './live-fixture.js';
import type { EventPolicy } from './policy.js';

const policies = fc.constantFrom<EventPolicy>('queue', 'drop', 'latest', 'parallel');
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant({ kind: 'fire' as const }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('finish' as const), dice: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), policy: policies }) },
  ),
  { maxLength: 120, size: 'max' },
);

it('every firing runs once or is dropped, in order, within the bounds of its policy', async () => {
  await fc.assert(
    fc.asyncProperty(policies, steps, async (first, script) => {
      let policy = first;
      let mostAtOnce = 1;
      const { live, engine, go, events } = liveStage(hostFlow({ eventPolicy: policy }).document);
      for (const step of script) {
        if (step.kind === 'fire') {
          const running = engine.running.length;
          go(null);
          if (policy !== 'parallel' && running > 0) expect(engine.running).toHaveLength(running);
        } else if (step.kind === 'finish') {
          const { running } = engine;
          running[step.dice % Math.max(running.length, 1)]?.finish();
          await turn();
        } else {
          policy = step.policy;
          live.update(hostFlow({ eventPolicy: policy }).document);
        }
        if (policy === 'parallel') mostAtOnce = 64;
        expect(engine.running.length).toBeLessThanOrEqual(mostAtOnce);
        const { fired, running, waiting, dropped } = live.state.nodes.get('n') ?? {
          fired: -1,
          running: 0,
          waiting: 0,
          dropped: 0,
        };
        expect(running).toBe(engine.running.length);
        expect(fired).toBe(engine.runs.length + waiting + dropped);
      }
      const order = engine.runs.map(({ options }) => options.trigger?.firing ?? -1);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(new Set(order).size).toBe(order.length);
      await live.stop();
      const told = events.reduce((sum, event) => (event.kind === 'firings-dropped' ? sum + event.count : sum), 0);
      expect(told + engine.runs.length).toBe(script.filter(({ kind }) => kind === 'fire').length);
      expect(events.filter(({ kind }) => kind === 'firing-started')).toHaveLength(engine.runs.length);
      expect(events.filter(({ kind }) => kind === 'firing-finished')).toHaveLength(engine.runs.length);
      expect(engine.running).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
