export { javascriptPrograms } from './contract/javascript-programs.js';
export type { ContractPrograms, ExecutorContractOptions } from './contract/programs.js';
export { executorContract } from './executor-contract.js';
