import { memoryTier } from './memory-tier.js';
import { tierContract } from './tier-contract-fixture.js';

tierContract('in memory', (maxBytes) => memoryTier({ maxBytes }));
