/** Waits for a promise, or rejects with the signal's reason as soon as it is aborted. The work itself goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A signal that is aborted with the first of two, for its reason. To be forgotten, because they may live longer. */
export function either(one: AbortSignal, other: AbortSignal): { readonly signal: AbortSignal; forget(): void } {
  const both = new AbortController();
  const abort = ({ target }: { readonly target: unknown }) => both.abort((target as AbortSignal).reason);
  for (const signal of [one, other]) {
    if (signal.aborted) abort({ target: signal });
    signal.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: both.signal,
    forget() {
      for (const signal of [one, other]) signal.removeEventListener('abort', abort);
    },
  };
}
