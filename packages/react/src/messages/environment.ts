/** Texts about the Python packages of a flow. English; an app overrides any. */
export const environmentMessages = {
  environmentTitle: 'Python packages',
  environmentLabel: 'Requirements, one in each line',
  environmentPlaceholder: 'for example numpy>=2',
  environmentChange: 'Change the Python packages',
  environmentProblem: (line: number, message: string) => `Line ${line}: ${message}`,
  environmentState: (state: 'not-started' | 'resolving' | 'downloading' | 'installing' | 'ready' | 'failed') =>
    ({
      'not-started': 'Made ready by the next run.',
      resolving: 'Looking for packages',
      downloading: 'Downloading packages',
      installing: 'Installing packages',
      ready: 'Ready',
      failed: 'Not ready',
    })[state],
  environmentChanged: 'The requirements have changed since: the next run makes them ready.',
  environmentFailed: (reason: string) => `The Python packages are not ready: ${reason}`,
  environmentRetry: 'Run again',
  environmentLock: 'Keep these versions',
  environmentLocked: 'These versions are kept in the flow.',
  environmentUnlock: 'Choose anew',
} as const;
