import { useEffect, useState } from 'react';

/** The heavy part of the code editor, in its own chunk. */
export type CodeViewModule = typeof import('./code-view.js');

export type CodeViewLoading =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly module: CodeViewModule }
  | { readonly status: 'failed' };

/** Loads the code editor once, or says that it cannot be had: chunks go missing when a site is deployed anew. */
export function useCodeViewModule(load: () => Promise<CodeViewModule>): CodeViewLoading {
  const [loading, setLoading] = useState<CodeViewLoading>({ status: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (module) => isCurrent && setLoading({ status: 'ready', module }),
      () => isCurrent && setLoading({ status: 'failed' }),
    );
    return () => {
      isCurrent = false;
    };
  }, [load]);
  return loading;
}
