import type { Definition } from '@loom/engine';
import type { ContractPrograms } from './programs.js';

function source(name: string, text: string, outputs: readonly string[] = ['result'], typeId = name): Definition {
  return {
    typeId: `contract/${typeId}`,
    outputs,
    implementation: {
      kind: 'source',
      language: 'javascript',
      source: text,
      entry: 'default',
      revision: name,
      returns: 'mapping',
    },
  };
}

/** The programs of the contract as JavaScript sources. */
export const javascriptPrograms: ContractPrograms = {
  add: source('add', 'export default ({ a, b }) => ({ result: a + b });'),
  constant: source('constant', 'export default () => ({ result: 7 });'),
  constantNext: source('constantNext', 'export default () => ({ result: 8 });', ['result'], 'constant'),
  echo: source('echo', 'export default ({ value }) => ({ result: value });'),
  fail: source('fail', "export default () => {\n  throw new Error('boom');\n};"),
  broken: source('broken', 'export default ({ a }) => {'),
  print: source('print', 'export default ({ text }, ctx) => {\n  ctx.log(text);\n  return { result: text };\n};'),
  pair: source('pair', 'export default () => ({ first: 1, second: 2 });', ['first', 'second']),
  opaque: source('opaque', 'export default () => ({ result: () => 1 });'),
  wait: source(
    'wait',
    `export default (_, { signal }) => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => reject(signal.reason));
});`,
  ),
  table: source(
    'table',
    "export default ({ rows }) => ({ result: Array.from({ length: rows }, (_, index) => ({ index, name: 'row ' + index })) });",
  ),
};
