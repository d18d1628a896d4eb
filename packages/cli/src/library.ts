import { builtinShelf } from '@loom/engine';
import { createLibrary, type Library } from '@loom/graph';
import { pythonShelf, readPythonType } from '@loom/python';

/** The node types that every flow can use at the command line. */
export function commandLineLibrary(): Library {
  return createLibrary({ shelves: [builtinShelf, pythonShelf], readers: { python: readPythonType } });
}
