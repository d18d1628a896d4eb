import { expect, it } from 'vitest';
import { bootStatus } from './boot-progress.js';

it('each stage begins where the one before ends, and bytes move within the download', () => {
  expect(bootStatus('worker')).toEqual({ state: 'starting', stage: 'Starting a worker', fraction: 0 });
  expect(bootStatus('download')).toMatchObject({ stage: 'Downloading Python', fraction: 0.02 });
  expect(bootStatus('download', 6_000_000, 12_000_000)).toEqual({
    state: 'starting',
    stage: 'Downloading Python (6.0 of 12.0 MB)',
    fraction: 0.26,
  });
  expect(bootStatus('compile')).toMatchObject({ stage: 'Compiling Python', fraction: 0.5 });
  expect(bootStatus('python')).toMatchObject({ stage: 'Starting Python', fraction: 0.55 });
  expect(bootStatus('harness')).toMatchObject({ stage: 'Preparing Python', fraction: 0.9 });
});
