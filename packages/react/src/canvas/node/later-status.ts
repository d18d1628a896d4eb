/* States that few nodes have: they load with the first of them. */
export { LiveStatus } from './LiveStatus.js';
export { UnfitStatus } from './UnfitStatus.js';
