import type { EngineEvent } from '@loom/engine';
import type { Terminal } from '../terminal.js';

/** Shows on standard error what a run is doing: one redrawn line on a terminal, and what nodes print in any case. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #title: (node: string) => string;
  #total = 0;
  #done = 0;
  #line = '';
  /** True while the last thing printed by a node did not end its line. */
  #open = false;

  constructor(terminal: Terminal, title: (node: string) => string) {
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
        this.#show(`${this.#done + 1}/${this.#total} ${this.#title(event.node)}`);
        return;
      case 'node-progress':
        this.#show(`${this.#title(event.node)} ${Math.round(event.fraction * 100)} % ${event.message ?? ''}`);
        return;
      case 'node-output':
        this.#print(event.text);
        return;
      case 'node-succeeded':
      case 'node-failed':
      case 'node-skipped':
      case 'node-cancelled':
        this.#done += 1;
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

  #print(text: string): void {
    if (text === '') return;
    this.#show('');
    this.#terminal.err(text);
    this.#open = !text.endsWith('\n');
  }
}
