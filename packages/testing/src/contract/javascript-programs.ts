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

/** The same with a stream on the port `result`. */
function stream(name: string, text: string): Definition {
  return { ...source(name, text), streams: ['result'] };
}

/** Flow sources cannot import, and share what they remember this way. */
const CLOSED = "(globalThis[Symbol.for('loom.contract.closed')] ??= new Set())";

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
  count: stream(
    'count',
    `export default ({ n }) => {
  function* items() {
    for (let i = 0; i < n; i++) yield i;
  }
  return { result: items() };
};`,
  ),
  countLater: stream(
    'countLater',
    `export default async function* ({ n }) {
  for (let i = 0; i < n; i++) {
    if (i % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 0));
    yield i;
  }
}`,
  ),
  countThenWait: stream(
    'countThenWait',
    `export default async function* ({ n }) {
  for (let i = 0; i < n; i++) yield i;
  await new Promise(() => {});
}`,
  ),
  countThenFail: stream(
    'countThenFail',
    `export default ({ n }) => {
  let i = 0;
  const next = () => {
    if (i < n) return { done: false, value: i++ };
    throw new Error('boom');
  };
  return { result: { next } };
};`,
  ),
  talk: stream(
    'talk',
    `export default function* ({ n }, ctx) {
  for (let i = 0; i < n; i++) {
    ctx.log('item ' + i);
    yield i;
  }
}`,
  ),
  tidy: stream(
    'tidy',
    `export default function* ({ key }) {
  try {
    for (let i = 0; ; i++) yield i;
  } finally {
    ${CLOSED}.add(key);
  }
}`,
  ),
  tidyLater: stream(
    'tidyLater',
    `export default async function* ({ key }) {
  try {
    for (let i = 0; ; i++) yield i;
  } finally {
    await null;
    ${CLOSED}.add(key);
  }
}`,
  ),
  closed: source('closed', `export default () => ({ result: [...${CLOSED}] });`),
  total: source(
    'total',
    `export default async ({ items }) => {
  let result = 0;
  for await (const item of items) result += item;
  return { result };
};`,
  ),
  skipping: source(
    'skipping',
    `const skip = Symbol.for('loom.skip');
export default ({ which }) => {
  if (which === 'all') return skip;
  return { first: which === 'first' ? skip : 1, second: which === 'second' ? skip : 2 };
};`,
    ['first', 'second'],
  ),
  tunable: source(
    'tunable',
    `export default (_, ctx) => new Promise((resolve) => {
  ctx.onParameter('rate', (value) => {
    if (value === 13) throw new Error('unlucky');
    resolve({ result: value });
  });
  ctx.log('ready');
});`,
  ),
  asking: source('asking', `export default async (_, ctx) => ({ result: await ctx.ask('Name?') });`),
  reading: source(
    'reading',
    `export default async (_, ctx) => {
  ctx.log('ready');
  while (ctx.param('rate', 0.5) === 0.5) await new Promise((resolve) => setTimeout(resolve, 1));
  return { result: ctx.param('rate', 0.5) };
};`,
  ),
  tracked: source(
    'tracked',
    `export default (_, { progress }) => {
  let result = 0;
  for (const item of progress([1, 2, 3], 'adding')) result += item;
  return { result };
};`,
  ),
  measured: source(
    'measured',
    `export default (_, ctx) => {
  ctx.metric('loss', 3);
  ctx.metric('loss', NaN);
  ctx.metric('loss', 1, 10);
  return { result: null };
};`,
  ),
  table: source(
    'table',
    "export default ({ rows }) => ({ result: Array.from({ length: rows }, (_, index) => ({ index, name: 'row ' + index })) });",
  ),
};
