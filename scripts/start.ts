/** `npm start`: builds the packages and the playground, and serves it on this machine only. */
import path from 'node:path';
import { build, preview } from 'vite';
import { ensureBuilt } from './build.js';
import { root } from './workspace.js';

const DEFAULT_PORT = 4173;

async function start(): Promise<void> {
  if (!(await ensureBuilt())) {
    process.exitCode = 1;
    return;
  }
  const folder = path.join(root, 'examples/playground');
  await build({ root: folder, logLevel: 'warn' });
  const server = await preview({
    root: folder,
    // Another port is taken when this one is in use.
    preview: { port: Number(process.env.PORT ?? DEFAULT_PORT), host: 'localhost' },
  });
  console.log(`\nLoom playground: ${server.resolvedUrls?.local[0] ?? ''}\nPress Ctrl+C to stop.`);
}

await start();
