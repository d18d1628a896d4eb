/*
 * elkjs as its authors built it, in a chunk of its own. It is under the Eclipse Public License 2.0, not under the licence
 * of this package: see THIRD-PARTY.md.
 */
import source from 'elkjs/lib/elk-worker.min.js?raw';

export const elkSource: string = source;
