import { talking } from '../test/talking.js';
import { createNodePyodideExecutor } from './node.js';

talking({ name: 'Node', create: () => createNodePyodideExecutor(), shared: true });
talking({
  name: 'Node without shared memory',
  create: () => createNodePyodideExecutor({ cancel: 'restart' }),
  shared: false,
});
