import type { NodeId } from '@loom/graph';
import type { Passed } from '../passed.js';
import type { Token } from '../tokens.js';

/** What enters a frame at one place of its entry; `token` says what comes when there is no value, `blame` where that began. */
export type Entering =
  | Passed
  | { readonly token: Exclude<Token, typeof Token.value | typeof Token.pending>; readonly blame?: NodeId };
