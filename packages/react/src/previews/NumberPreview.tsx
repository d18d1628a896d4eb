import type { ReactNode } from 'react';

/** One number, large. */
export function NumberPreview({ text }: { readonly text: string }): ReactNode {
  return <div className="loom-preview-number">{text}</div>;
}
