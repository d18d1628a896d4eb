import { main } from '@loom/cli';

/** What the command ended with, and what it said. */
interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The `loom` command in a folder, as in a pipe of 80 columns. */
export function loomIn(folder: () => string): (...argv: string[]) => Promise<Said> {
  return async (...argv) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await main(argv, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      interactive: false,
      columns: 80,
      folder: folder(),
      signal: new AbortController().signal,
    });
    return { code, out: out.join(''), err: err.join('') };
  };
}
