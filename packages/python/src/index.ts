export type { ReadModuleOptions } from './reader/read-python.js';
export { readPythonModule, readPythonType } from './reader/read-python.js';
export type { ReadRequirements, RequirementProblem } from './requirements/requirements-text.js';
export { readRequirements } from './requirements/requirements-text.js';
export { readScriptRequirements } from './requirements/script-metadata.js';
export type {
  RuntimeBatch,
  RuntimeDefinition,
  RuntimeEvent,
  RuntimeFault,
  RuntimeItems,
  RuntimeItemsRequest,
  RuntimeMail,
  RuntimeMailReply,
  RuntimeMessage,
  RuntimeNames,
  RuntimeOutput,
  RuntimePreview,
  RuntimeRan,
  RuntimeShape,
  RuntimeSource,
} from './runtime-protocol.js';
export { runtimeSources } from './runtime-sources.js';
export { pythonShelf } from './shelf.js';
