import type { BootRequest } from '../link/protocol.js';
import { bootPyodide, type ReportStage } from './boot.js';
import { BRIDGE_NAME } from './bridge.js';

/** Pyodide puts a snapshot back into the memory that it starts with; what is larger cannot be. */
const MOST_BYTES = 31_457_280 + 1_000;

/** What many nodes import, and takes a tenth of a second without a picture. None of it keeps random state of its own. */
const OFTEN_IMPORTED = 'csv, datetime, decimal, html, statistics';

/** Starts Python with all modules of the harness imported, and takes a picture of its memory. */
export async function pictureOfPython(request: BootRequest, report: ReportStage): Promise<ArrayBuffer> {
  const pyodide = await bootPyodide(request, report, { makesSnapshot: true });
  // Through JavaScript it would leave a proxy behind, which cannot be in a picture.
  pyodide.runPython(`import ${BRIDGE_NAME}, ${OFTEN_IMPORTED}`);
  const { makeMemorySnapshot } = pyodide as unknown as { makeMemorySnapshot(): Uint8Array };
  const snapshot = makeMemorySnapshot.call(pyodide);
  if (snapshot.byteLength > MOST_BYTES) throw new Error(`A snapshot of ${snapshot.byteLength} bytes is too large.`);
  return snapshot.slice().buffer as ArrayBuffer;
}
