import type { Issue } from '@loom/graph';
import type { Command } from '../arguments.js';
import { exitCode } from '../exit-code.js';
import { readFlowFile } from '../flow-file.js';
import { commandLineLibrary } from '../library.js';
import type { Terminal } from '../terminal.js';

/** `loom check`: prints the issues of a file, without running anything. */
export async function checkFlow(command: Extract<Command, { kind: 'check' }>, terminal: Terminal): Promise<number> {
  const { issues } = await readFlowFile(terminal.folder, command.file, commandLineLibrary());
  if (command.json) terminal.out(`${JSON.stringify(issues)}\n`);
  else if (issues.length === 0) terminal.out(`${command.file}: no issues\n`);
  else for (const issue of issues) terminal.out(`${formatIssue(issue)}\n`);
  return issues.some((issue) => issue.severity === 'error') ? exitCode.failed : exitCode.ok;
}

/** An issue as one line: severity, place, message, code. */
export function formatIssue(issue: Issue): string {
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${issue.severity}: ${place}${issue.message} [${issue.code}]`;
}
