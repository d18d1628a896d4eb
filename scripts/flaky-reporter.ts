/** Names at the end of a test run what passed only at its second attempt, with what the first one said. */
import type { Reporter, TestCase } from 'vitest/node';

export default class FlakyReporter implements Reporter {
  readonly #flaky: TestCase[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#flaky.push(test);
  }

  onTestRunEnd(): void {
    if (this.#flaky.length === 0) return;
    console.log(`\n${this.#flaky.length} passed only at a second attempt:`);
    for (const test of this.#flaky) {
      console.log(`- [${test.project.name}] ${test.module.relativeModuleId} > ${test.fullName}`);
      for (const { message } of test.result().errors ?? []) console.log(message.replaceAll(/^/gm, '    '));
    }
  }
}
