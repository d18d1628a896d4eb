import { LoomApp, type LoomAppProps } from '@loom/react/app';
import { type ReactNode, useEffect, useState } from 'react';
import { createStoryEngine } from '../story-engine.js';

/** An app over the whole canvas of Storybook, with an engine that ends with the story. */
export function StoryApp(props: Omit<LoomAppProps, 'engine'>): ReactNode {
  const [engine] = useState(createStoryEngine);
  useEffect(() => () => void engine.dispose(), [engine]);
  return (
    <div style={{ height: '100vh', overflow: 'auto' }}>
      <LoomApp {...props} engine={engine} />
    </div>
  );
}
