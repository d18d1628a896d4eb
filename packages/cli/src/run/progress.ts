import type { EngineEvent } from '@loom/engine';
import type { Terminal } from '../terminal.js';
import type { NodeTitle } from './node-titles.js';

/** Shows on standard error what a run is doing: one redrawn line on a terminal, and what nodes print in any case. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #title: NodeTitle;
  #total = 0;
  #done = 0;
  #line = '';
  /** True while the last thing printed by a node did not end its line. */
  #open = false;

  constructor(terminal: Terminal, title: NodeTitle) {
    this.#terminal = terminal;
    this.#title = title;
  }

  readonly onEvents = (events: readonly EngineEvent[]): void => {
    for (const event of events) this.#take(event);
  };

  #take(event: EngineEvent): void {
    switch (event.kind) {
      case 'executor-status':
        if (event.status.state === 'starting') this.#show(`Starting Python: ${event.status.stage}`);
        if (event.status.state === 'restarting') this.#show(`Restarting Python: ${event.status.reason}`);
        return;
      case 'run-started':
        this.#total = event.nodes.length;
        return;
      case 'node-started':
        this.#show(`${this.#done + 1}/${this.#total} ${this.#title(event.node, event.frame)}`);
        return;
      case 'node-progress':
        this.#show(
          `${this.#title(event.node, event.frame)} ${Math.round(event.fraction * 100)} % ${event.message ?? ''}`,
        );
        return;
      case 'node-output':
        this.#print(event.text);
        return;
      case 'node-succeeded':
      case 'node-failed':
      case 'node-skipped':
      case 'node-cancelled':
        // A node in a zone ends once in each iteration, and once for all of them.
        if (event.frame === undefined) this.#done += 1;
        return;
      case 'node-retrying':
        this.#tell(`${this.#title(event.node, event.frame)} is tried again after: ${event.error.message}`);
        return;
      case 'run-paused':
        if (event.reason === 'breakpoint' && event.node !== undefined) {
          this.#tell(`Breakpoint at ${this.#title(event.node, event.frame)}: going on`);
        }
        return;
      case 'run-finished':
        this.#show('');
        if (this.#open) this.#print('\n');
        return;
    }
  }

  #show(line: string): void {
    if (!this.#terminal.interactive || this.#open) return;
    const fitting = line.slice(0, Math.max(this.#terminal.columns - 1, 0));
    if (fitting === this.#line) return;
    this.#terminal.err(`\r\x1b[K${fitting}`);
    this.#line = fitting;
  }

  /** A line of our own, apart from what nodes print. */
  #tell(line: string): void {
    this.#print(this.#open ? `\n${line}\n` : `${line}\n`);
  }

  #print(text: string): void {
    if (text === '') return;
    this.#show('');
    this.#terminal.err(text);
    this.#open = !text.endsWith('\n');
  }
}
