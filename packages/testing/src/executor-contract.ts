import type { Executor } from '@loom/engine';
import { afterAll, beforeAll, describe } from 'vitest';
import { batchRules } from './contract/batch-rules.js';
import { itemRules } from './contract/item-rules.js';
import { cancelRules, lifeRules } from './contract/life-rules.js';
import { parameterRules } from './contract/parameter-rules.js';
import type { ExecutorContractOptions } from './contract/programs.js';
import { skipRules } from './contract/skip-rules.js';
import { streamRules } from './contract/stream-rules.js';
import { valueRules } from './contract/value-rules.js';

/**
 * What every executor keeps to, as a vitest suite for node and browser projects. Most tests share one executor, because
 * starting may be slow; cancelling and disposing come last.
 *
 * @example
 * ```ts
 * executorContract({ name: 'JavaScript', create: () => createJavaScriptExecutor(), definitions: javascriptPrograms });
 * ```
 */
export function executorContract({ name, create, definitions, timeoutMs = 60_000 }: ExecutorContractOptions): void {
  describe(`executor contract: ${name}`, { timeout: timeoutMs }, () => {
    let shared: Executor | undefined;
    const executor = (): Executor => {
      if (!shared) throw new Error('The executor has not been started.');
      return shared;
    };

    beforeAll(async () => {
      shared = await create();
      await shared.start();
      await shared.prepare({});
      const { constantNext: _, ...others } = definitions;
      await shared.define(Object.values(others));
    }, timeoutMs);

    afterAll(async () => {
      await shared?.dispose();
    }, timeoutMs);

    batchRules(executor, definitions);
    valueRules(executor, definitions);
    itemRules(executor);
    skipRules(executor, definitions);
    parameterRules(executor, definitions);
    streamRules(executor, definitions);
    cancelRules(executor, definitions);
    lifeRules(create, definitions);
  });
}
