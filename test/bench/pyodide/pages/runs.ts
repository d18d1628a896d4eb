import { floor } from './floor.js';
import { manyRuns } from './many-runs.js';
import { prints } from './prints.js';
import { chainOrLayered } from './round-trips.js';
import { stay } from './stay.js';
import { cancelBusy } from './stop.js';
import { transfers } from './transfers.js';
import { twoBranches } from './two-branches.js';

const bench = { cancelBusy, chainOrLayered, floor, manyRuns, prints, stay, transfers, twoBranches };

export type RunsBench = typeof bench;
Object.assign(globalThis, { bench });
