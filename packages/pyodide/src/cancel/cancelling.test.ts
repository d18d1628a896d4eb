import { CANCEL_OPTIONS, cancelling } from '../../test/cancelling.js';
import { createNodePyodideExecutor } from '../node.js';

cancelling('Node', () => createNodePyodideExecutor(CANCEL_OPTIONS), true);
