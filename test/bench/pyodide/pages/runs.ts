import { floor } from './floor.js';
import { manyRuns } from './many-runs.js';
import { prints } from './prints.js';
import { chainOrLayered } from './round-trips.js';
import { cancelBusy } from './stop.js';
import { twoBranches } from './two-branches.js';

const bench = { cancelBusy, chainOrLayered, floor, manyRuns, prints, twoBranches };

export type RunsBench = typeof bench;
Object.assign(globalThis, { bench });
