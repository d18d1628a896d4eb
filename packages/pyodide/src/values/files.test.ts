import { files } from '../../test/files.js';
import { createNodePyodideExecutor } from '../node.js';

files('Node', (options) => createNodePyodideExecutor(options));
