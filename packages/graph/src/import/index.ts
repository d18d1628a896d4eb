export type { FlowFormat } from './detect-format.js';
export { detectFormat } from './detect-format.js';
export { importFuncNodes } from './funcnodes/import-funcnodes.js';
export type { ImportOptions, ImportResult } from './import-any.js';
export { importAny } from './import-any.js';
export type { OldLoomOptions } from './old-loom/import-old-loom.js';
export { importOldLoom } from './old-loom/import-old-loom.js';
