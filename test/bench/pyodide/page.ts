import type { Page } from 'playwright';
import type { RunsBench } from './pages/runs.js';

type Bench = { [Name in keyof RunsBench]: ReturnType<RunsBench[Name]> };
type Method<Name extends keyof Bench> = keyof Bench[Name] & string;
type Answer<Name extends keyof Bench, Key extends Method<Name>> = Bench[Name][Key] extends (
  ...args: infer Arguments
) => infer Result
  ? { readonly args: Arguments; readonly result: Awaited<Result> }
  : never;

/** Makes one part of `runs.html` in its page. What it offers is called with {@link call}. */
export async function make(page: Page, name: keyof RunsBench): Promise<void> {
  await page.evaluate((part) => {
    const { bench } = globalThis as unknown as { bench: RunsBench };
    Object.assign(globalThis, { part: bench[part]() });
  }, name);
}

/** Calls a method of the part that was made. */
export function call<Name extends keyof Bench, Key extends Method<Name>>(
  page: Page,
  _name: Name,
  key: Key,
  ...args: Answer<Name, Key>['args']
): Promise<Answer<Name, Key>['result']> {
  return page.evaluate(
    ({ method, values }) => {
      const { part } = globalThis as unknown as { part: Record<string, (...all: unknown[]) => unknown> };
      return part[method]?.(...values) as never;
    },
    { method: key as string, values: args as unknown[] },
  );
}
