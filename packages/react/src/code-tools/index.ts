export type { CodeTool, CodeTools } from '../code/code-tool.js';
export type { PrettierModules } from './prettier-tool.js';
export { prettierTool } from './prettier-tool.js';
export type { RuffModule, RuffOptions } from './ruff-tool.js';
export { ruffTool } from './ruff-tool.js';
