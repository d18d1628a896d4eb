import type { RunOptions } from '../api.js';

/** What a run was asked for. Each field is there, so that all runs have options of one shape. */
export type Asked<Name extends keyof RunOptions> = { readonly [Field in Name]: RunOptions[Field] | undefined };
