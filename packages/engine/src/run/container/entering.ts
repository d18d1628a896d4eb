import type { Passed } from '../passed.js';
import type { Token } from '../tokens.js';

/** What enters a frame at one place of its entry; `token` says what comes when there is no value. */
export type Entering = Passed | { readonly token: typeof Token.skipped | typeof Token.none };
