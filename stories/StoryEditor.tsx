import type { PackageSources } from '@loom/pyodide';
import { LoomEditor, type LoomEditorProps } from '@loom/react';
import { type ReactNode, useEffect, useState } from 'react';
import { createStoryEngine, storyLibrary } from './story-engine.js';

/** Props of {@link StoryEditor}. */
export interface StoryEditorProps extends Omit<LoomEditorProps, 'engine' | 'library'> {
  /** @default true */
  readonly runnable?: boolean;
  /** Where Python packages come from. Read once. */
  readonly packages?: PackageSources;
}

/** The editor over the whole canvas of Storybook, with an engine that ends with the story. */
export function StoryEditor({ runnable = true, packages, ...props }: StoryEditorProps): ReactNode {
  const [engine] = useState(() => (runnable ? createStoryEngine(packages) : undefined));
  useEffect(() => () => void engine?.dispose(), [engine]);
  return (
    <div style={{ height: '100vh' }}>
      <LoomEditor {...props} library={storyLibrary} engine={engine} />
    </div>
  );
}
