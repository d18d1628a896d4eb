import { createEngine, createJavaScriptExecutor, type RunResult } from '@loom/engine';
import { LoomError, nodeTypeOf } from '@loom/graph';
import { createNodePyodideExecutor } from '@loom/pyodide/node';
import type { Command } from '../arguments.js';
import { formatIssue } from '../check/check.js';
import { exitCode } from '../exit-code.js';
import { fileReader, readFlowFile } from '../flow-file.js';
import { commandLineLibrary } from '../library.js';
import type { Terminal } from '../terminal.js';
import { withInputs } from './inputs.js';
import { Progress } from './progress.js';
import { createReport, formatResult } from './report.js';

/** `loom run`: runs a flow with Pyodide in Node and prints its results. */
export async function runFlow(command: Extract<Command, { kind: 'run' }>, terminal: Terminal): Promise<number> {
  const library = commandLineLibrary();
  const file = await readFlowFile(terminal.folder, command.file, library);
  const fatal = file.issues.find((issue) => issue.code.startsWith('document/') && issue.severity === 'error');
  if (fatal) throw new LoomError(fatal.code, `${command.file}: ${fatal.message}`);
  for (const issue of file.issues) terminal.err(`${formatIssue(issue)}\n`);
  const document = withInputs(file.document, library, command.inputs);

  const titles = (id: string): string => {
    const node = document.nodes[id];
    return (node && (node.label ?? nodeTypeOf(document, library, node)?.title)) ?? id;
  };
  const progress = new Progress(terminal, titles);
  const readFile = fileReader(file.path);
  const engine = createEngine({
    library,
    executors: [createJavaScriptExecutor({ readFile }), createNodePyodideExecutor()],
  });
  engine.subscribe(progress.onEvents);
  try {
    const run = engine.run(document, {
      signal: terminal.signal,
      ...(command.timeoutMs === undefined ? {} : { timeoutMs: command.timeoutMs }),
    });
    const result = await run.result;
    terminal.out(
      command.json ? `${JSON.stringify(await createReport(engine, result))}\n` : formatResult(document, titles, result),
    );
    return exitCodeOf(result);
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
