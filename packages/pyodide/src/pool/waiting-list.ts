/** Somebody who waits for a worker. */
export interface Waiting<Request, Given> {
  readonly request: Request;
  readonly resolve: (given: Given) => void;
  readonly reject: (reason: unknown) => void;
}

/** Those who wait for a worker, in their order. */
export class WaitingList<Request, Given> {
  #all: Waiting<Request, Given>[] = [];

  get all(): readonly Waiting<Request, Given>[] {
    return this.#all;
  }

  /** Settles when it is served or refused; rejects with the reason of the signal. */
  add(request: Request, signal?: AbortSignal): Promise<Given> {
    return new Promise<Given>((resolve, reject) => {
      const leave = () => {
        this.#remove(waiting);
        reject(signal?.reason);
      };
      const settled =
        <Argument>(use: (argument: Argument) => void) =>
        (argument: Argument) => {
          signal?.removeEventListener('abort', leave);
          use(argument);
        };
      const waiting = { request, resolve: settled(resolve), reject: settled(reject) };
      signal?.addEventListener('abort', leave, { once: true });
      this.#all.push(waiting);
    });
  }

  serve(waiting: Waiting<Request, Given>, given: Given): void {
    this.#remove(waiting);
    waiting.resolve(given);
  }

  refuse(reason: unknown): void {
    const refused = this.#all;
    this.#all = [];
    for (const waiting of refused) waiting.reject(reason);
  }

  #remove(waiting: Waiting<Request, Given>): void {
    this.#all = this.#all.filter((each) => each !== waiting);
  }
}
