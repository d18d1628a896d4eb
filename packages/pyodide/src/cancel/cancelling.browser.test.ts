import { CANCEL_OPTIONS, cancelling } from '../../test/cancelling.js';
import { createPyodideExecutor } from '../index.js';

const options = { indexUrl: '/pyodide/', ...CANCEL_OPTIONS };

cancelling('an isolated page', () => createPyodideExecutor(options), true);
cancelling('a page that is not isolated', () => createPyodideExecutor({ ...options, cancel: 'restart' }), false);
