import { createEngine, createJavaScriptExecutor, type RunResult } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { createNodePyodideExecutor } from '@loom/pyodide/node';
import type { Command } from '../arguments.js';
import { formatIssue } from '../check/check.js';
import { exitCode } from '../exit-code.js';
import { fileReader, readFlowFile } from '../flow-file.js';
import { commandLineLibrary } from '../library.js';
import type { Terminal } from '../terminal.js';
import { withInputs } from './inputs.js';
import { nodeTitles } from './node-titles.js';
import { Progress } from './progress.js';
import { createReport, formatResult } from './report.js';
import { SkippedNodes } from './skipped-nodes.js';
import { makeOutputFolder, writeOutputs } from './write-outputs.js';

/** `loom run`: runs a flow with Pyodide in Node and prints its results. */
export async function runFlow(command: Extract<Command, { kind: 'run' }>, terminal: Terminal): Promise<number> {
  const library = commandLineLibrary();
  const file = await readFlowFile(terminal.folder, command.file, library);
  const fatal = file.issues.find((issue) => issue.code.startsWith('document/') && issue.severity === 'error');
  if (fatal) throw new LoomError(fatal.code, `${command.file}: ${fatal.message}`);
  for (const issue of file.issues) terminal.err(`${formatIssue(issue)}\n`);
  const document = await withInputs(file.document, library, command.inputs, terminal.folder);

  if (command.out !== undefined) await makeOutputFolder(terminal.folder, command.out);

  const title = nodeTitles(document, library);
  const progress = new Progress(terminal, title);
  const skipped = new SkippedNodes();
  const readFile = fileReader(file.path);
  const engine = createEngine({
    library,
    executors: [createJavaScriptExecutor({ readFile }), createNodePyodideExecutor()],
  });
  engine.subscribe(progress.onEvents);
  engine.subscribe(skipped.onEvents);
  try {
    const run = engine.run(document, {
      signal: terminal.signal,
      ...(command.timeoutMs === undefined ? {} : { timeoutMs: command.timeoutMs }),
    });
    // Nobody is there to go on from a breakpoint of the document.
    run.subscribe((events) => {
      if (events.some(({ kind }) => kind === 'run-paused')) run.resume();
    });
    const result = await run.result;
    const written =
      command.out === undefined
        ? undefined
        : await writeOutputs(engine, document, result, terminal.folder, command.out);
    const told = { skipped: skipped.all, ...(written && { written }) };
    terminal.out(
      command.json
        ? `${JSON.stringify(await createReport(engine, result, told))}\n`
        : formatResult(document, title, { ...result, ...told }),
    );
    const isWritten = written?.every(({ problem }) => problem === undefined) ?? true;
    return isWritten || result.status !== 'succeeded' ? exitCodeOf(result) : exitCode.failed;
  } finally {
    await engine.dispose();
  }
}

function exitCodeOf(result: RunResult): number {
  switch (result.status) {
    case 'succeeded':
      return exitCode.ok;
    case 'failed':
      return exitCode.failed;
    case 'timed-out':
      return exitCode.timedOut;
    case 'cancelled':
      return exitCode.interrupted;
  }
}
