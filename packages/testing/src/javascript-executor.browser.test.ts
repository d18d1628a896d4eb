import { createJavaScriptExecutor } from '@loom/engine';
import { javascriptPrograms } from './contract/javascript-programs.js';
import { executorContract } from './executor-contract.js';

executorContract({ name: 'JavaScript', create: () => createJavaScriptExecutor(), definitions: javascriptPrograms });
