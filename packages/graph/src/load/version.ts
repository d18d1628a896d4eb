import { SCHEMA_VERSION } from '../document.js';
import { below } from './path.js';
import type { Reading } from './reading.js';

type Raw = Record<string, unknown>;

/**
 * Steps from each version to the next: the first leads from 1 to 2. Released steps are never changed, so that every
 * file ever saved opens for ever.
 */
const steps: readonly ((raw: Raw) => Raw)[] = [];

/** Brings raw input up to this release's version; undefined when it cannot be read. */
export function migrate(raw: Raw, reading: Reading): Raw | undefined {
  const version = readVersion(raw, reading);
  if (version === undefined) return undefined;
  if (version > SCHEMA_VERSION) {
    const message = `This file is of version ${version}, and this release reads up to ${SCHEMA_VERSION}. Open it with a newer release; it was not changed.`;
    return reading.error('document/newer-version', below(undefined, 'loom'), message);
  }
  return steps.slice(version - 1).reduce((older, step) => step(older), raw);
}

function readVersion(raw: Raw, reading: Reading): number | undefined {
  const { loom } = raw;
  if (typeof loom === 'number' && Number.isInteger(loom) && loom >= 1) return loom;
  if (loom === 'fragment') {
    return reading.error(
      'document/not-a-flow',
      below(undefined, 'loom'),
      'This is a copied part of a flow. Paste it into one.',
    );
  }
  if (loom === undefined && raw.nodes === undefined) {
    return reading.error('document/not-a-flow', undefined, 'This is no flow: it has neither "loom" nor "nodes".');
  }
  reading.warning(
    'document/no-version',
    below(undefined, 'loom'),
    `The version in "loom" is missing or no number; ${SCHEMA_VERSION} is assumed.`,
  );
  return SCHEMA_VERSION;
}
