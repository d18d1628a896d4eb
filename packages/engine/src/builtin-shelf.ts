import { type Json, LoomError, type Shelf } from '@loom/graph';
import { controlTypes } from './control-types.js';
import { convertTypes } from './convert-types.js';
import { defineNode } from './define-node.js';
import { hostEventType, timerType } from './live/event-types.js';

const readText = defineNode({
  id: 'loom/read-text',
  title: 'Read text',
  description: 'The text of a file of the app (UTF-8).',
  category: 'Input',
  inputs: { path: { type: 'string', title: 'Path', widget: { kind: 'text', placeholder: 'data/notes.txt' } } },
  outputs: { text: { type: 'string', title: 'Text' } },
  run: async ({ path }, { readFile }) => ({ text: decodeText(path, await readFile(path)) }),
});

const readJson = defineNode({
  id: 'loom/read-json',
  title: 'Read JSON',
  description: 'The data of a JSON file of the app.',
  category: 'Input',
  inputs: { path: { type: 'string', title: 'Path', widget: { kind: 'text', placeholder: 'data/rows.json' } } },
  outputs: { data: { type: 'json', title: 'Data' } },
  run: async ({ path }, { readFile }) => {
    const text = decodeText(path, await readFile(path));
    try {
      return { data: JSON.parse(text) as Json };
    } catch (cause) {
      throw new LoomError('file/not-json', `"${path}" is not JSON: ${(cause as Error).message}`, { cause });
    }
  },
});

const number = defineNode({
  id: 'loom/value-number',
  title: 'Number',
  description: 'A number to hand on.',
  category: 'Values',
  pure: true,
  inputs: { value: { type: 'number', title: 'Value', default: 0 } },
  outputs: { value: { type: 'number', title: 'Value' } },
  run: ({ value }) => ({ value }),
});

const text = defineNode({
  id: 'loom/value-text',
  title: 'Text',
  description: 'A text to hand on.',
  category: 'Values',
  pure: true,
  inputs: { value: { type: 'string', title: 'Value', default: '', widget: { kind: 'text', multiline: true } } },
  outputs: { value: { type: 'string', title: 'Value' } },
  run: ({ value }) => ({ value }),
});

const file = defineNode({
  id: 'loom/value-file',
  title: 'File',
  description: 'A file that is chosen here. The flow keeps its name, not what is in it.',
  category: 'Values',
  pure: true,
  inputs: { value: { type: 'file', title: 'File' } },
  outputs: { value: { type: 'file', title: 'File' } },
  run: ({ value }) => ({ value }),
});

const flag = defineNode({
  id: 'loom/value-bool',
  title: 'Yes or no',
  description: 'A flag to hand on.',
  category: 'Values',
  pure: true,
  inputs: { value: { type: 'bool', title: 'Value', default: false, widget: { kind: 'toggle' } } },
  outputs: { value: { type: 'bool', title: 'Value' } },
  run: ({ value }) => ({ value }),
});

const json = defineNode({
  id: 'loom/value-json',
  title: 'JSON',
  description: 'Any JSON value to hand on.',
  category: 'Values',
  pure: true,
  inputs: { value: { type: 'json', title: 'Value', default: null, widget: { kind: 'json' } } },
  outputs: { value: { type: 'json', title: 'Value' } },
  run: ({ value }) => ({ value }),
});

/** Node types that every app has: files, constants, conversions, which way values go, and what begins a run of a live flow. */
export const builtinShelf: Shelf = {
  name: 'builtin',
  types: [
    readText,
    readJson,
    number,
    text,
    file,
    flag,
    json,
    ...convertTypes,
    ...controlTypes,
    timerType,
    hostEventType,
  ],
};

function decodeText(path: string, bytes: Uint8Array): string {
  try {
    // A byte order mark is left out, which is what every reader of the text wants.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LoomError('file/not-text', `"${path}" is not UTF-8 text.`, { cause });
  }
}
