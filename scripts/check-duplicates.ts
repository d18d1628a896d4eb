/** Fails when two copies of a library are installed that works only as one, such as React. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './workspace.js';

const ONLY_ONCE = [
  'react',
  'react-dom',
  '@xyflow/react',
  '@xyflow/system',
  'immer',
  'comlink',
  'pyodide',
  'vite',
  'vitest',
  '@codemirror/state',
  '@codemirror/view',
  '@codemirror/language',
  '@lezer/common',
  '@lezer/highlight',
  '@lezer/lr',
];

const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};

let failed = false;
for (const name of ONLY_ONCE) {
  const copies = Object.entries(lock.packages).filter(([place]) => place.endsWith(`node_modules/${name}`));
  if (copies.length <= 1) continue;
  failed = true;
  console.error(`${name} is installed ${copies.length} times:`);
  for (const [place, { version }] of copies) console.error(`  ${version}  ${place}`);
}
process.exitCode = failed ? 1 : 0;
