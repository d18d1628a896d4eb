/*
 * elkjs 0.12.1 as its authors built it, in a file of its own: a program of the Eclipse Layout Kernel's authors under the
 * Eclipse Public License 2.0, not under the licence of this package. See THIRD-PARTY.md.
 */
export { default as elkSource } from 'elkjs/lib/elk-worker.min.js?raw';
