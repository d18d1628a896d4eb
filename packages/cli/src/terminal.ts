/** Where a command writes and what it knows of its surroundings. Given, so that tests see everything that is printed. */
export interface Terminal {
  /** Writes to standard output: results, and nothing else. */
  out(text: string): void;
  /** Writes to standard error: progress, logs and faults. */
  err(text: string): void;
  /** True when standard error is a terminal that can redraw a line. */
  readonly interactive: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Paths on the command line are relative to this folder. */
  readonly folder: string;
  /** Aborts when the user presses Ctrl+C. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. `dispose` gives Ctrl+C back. */
export function processTerminal(): Terminal & { dispose(): void } {
  const interrupted = new AbortController();
  const onInterrupt = () => {
    // The second Ctrl+C does not wait for a run that is being stopped.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  };
  process.on('SIGINT', onInterrupt);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    folder: process.cwd(),
    signal: interrupted.signal,
    dispose: () => void process.off('SIGINT', onInterrupt),
  };
}
