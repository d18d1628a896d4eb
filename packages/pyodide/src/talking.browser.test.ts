import { talking } from '../test/talking.js';
import { createPyodideExecutor } from './index.js';

talking({ name: 'an isolated page', create: () => createPyodideExecutor({ indexUrl: '/pyodide/' }), shared: true });
talking({
  name: 'any page',
  create: () => createPyodideExecutor({ indexUrl: '/pyodide/', cancel: 'restart' }),
  shared: false,
});
