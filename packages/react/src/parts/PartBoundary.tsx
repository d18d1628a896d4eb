import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { RendererBoundary } from '../previews/RendererBoundary.js';

/** Props of {@link PartBoundary}. */
export interface PartBoundaryProps {
  /** Called before the part gets another chance. */
  readonly onRetry?: () => void;
  readonly children: ReactNode;
}

/** Keeps a part that throws, or that could not be loaded, from taking the rest with it: its place says why. */
export function PartBoundary({ onRetry, children }: PartBoundaryProps): ReactNode {
  const messages = useMessages();
  const [attempt, setAttempt] = useState(0);
  return (
    <RendererBoundary
      subject={attempt}
      fallback={(reason) => (
        <div className="loom-part-failed" role="alert">
          <p>{messages.partFailed(reason)}</p>
          <button
            type="button"
            className="loom-button loom-button-outline"
            onClick={() => {
              onRetry?.();
              setAttempt(attempt + 1);
            }}
          >
            {messages.retry}
          </button>
        </div>
      )}
    >
      {children}
    </RendererBoundary>
  );
}
