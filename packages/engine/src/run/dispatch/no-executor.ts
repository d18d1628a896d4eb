import type { NodeType } from '@loom/graph';
import { faultOf } from '../../fault.js';
import type { NodeError } from '../../node-error.js';

/** What a node ends with when nobody here performs its language. */
export function noExecutor(type: NodeType | undefined): NodeError {
  const implementation = type?.implementation;
  const isSource = implementation?.kind === 'source';
  const language = isSource && implementation.language === 'python' ? 'Python' : 'JavaScript';
  const maker = language === 'Python' ? 'createPyodideExecutor of @loom/pyodide' : 'createJavaScriptExecutor';
  return faultOf('node/no-executor', `No executor of this engine runs ${language}. Add one, such as ${maker}.`);
}
