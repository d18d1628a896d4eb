import { describe, expect, it } from 'vitest';
import { BookedResult } from './booked-result.js';

function bookedResult() {
  let made = 0;
  const result = new BookedResult({
    runId: 'run-1',
    status: 'succeeded',
    counts: { success: 1, error: 0, skipped: 0, cancelled: 0, cached: 0 },
    durationMs: 2,
    errors: [],
    outputs: () => ({ a: {}, [`made ${++made}`]: {} }),
  });
  return { result, made: () => made };
}

describe('the result of a run', () => {
  it('puts outputs together once, when they are asked for', () => {
    const { result, made } = bookedResult();
    expect(made()).toBe(0);
    expect(result.outputs).toBe(result.outputs);
    expect(made()).toBe(1);
  });

  it('is copied and written with its outputs', () => {
    const { result } = bookedResult();
    const outputs = { a: {}, 'made 1': {} };
    expect({ ...result }).toMatchObject({ runId: 'run-1', outputs });
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({ status: 'succeeded', outputs });
    expect(structuredClone(result)).toMatchObject({ durationMs: 2, outputs });
  });
});
