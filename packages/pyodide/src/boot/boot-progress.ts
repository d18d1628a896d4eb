import type { ExecutorStatus } from '@loom/engine';
import type { BootStage } from '../link/protocol.js';

interface StageShare {
  readonly title: string;
  /** Where the stage begins on the way from 0 to 1, by measured time over a broadband line. */
  readonly from: number;
  readonly to: number;
}

const STAGES: Readonly<Record<BootStage, StageShare>> = {
  worker: { title: 'Starting a worker', from: 0, to: 0.02 },
  download: { title: 'Downloading Python', from: 0.02, to: 0.5 },
  compile: { title: 'Compiling Python', from: 0.5, to: 0.55 },
  python: { title: 'Starting Python', from: 0.55, to: 0.9 },
  harness: { title: 'Preparing Python', from: 0.9, to: 1 },
};

const MEGABYTE = 1_000_000;

/** The status line for a stage of the start. */
export function bootStatus(stage: BootStage, loaded?: number, total?: number): ExecutorStatus {
  const { title, from, to } = STAGES[stage];
  if (loaded === undefined || !total) return { state: 'starting', stage: title, fraction: from };
  const megabytes = `${(loaded / MEGABYTE).toFixed(1)} of ${(total / MEGABYTE).toFixed(1)} MB`;
  return { state: 'starting', stage: `${title} (${megabytes})`, fraction: from + (to - from) * (loaded / total) };
}
