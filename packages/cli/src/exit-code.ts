/** What the command's exit code says. */
export const exitCode = {
  ok: 0,
  /** The flow ran and something in it failed, or `check` found errors. */
  failed: 1,
  /** The command line or the file is wrong; nothing ran. */
  usage: 2,
  /** As the `timeout` command says it. */
  timedOut: 124,
  /** As shells say it after Ctrl+C. */
  interrupted: 130,
} as const;
