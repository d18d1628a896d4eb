/** Prints the last test run as `N passed, N failed`, alone on a line. Exits with 1 when anything failed. */
import { readFileSync } from 'node:fs';

interface TestFileResult {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

interface TestResults {
  readonly success: boolean;
  readonly testResults: readonly TestFileResult[];
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function readResults(file: string): TestResults | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestResults;
  } catch {
    return undefined;
  }
}

export function countTests(results: TestResults | undefined): Counts {
  // A run that left no results counts as one failure, and so does a file that could not even be loaded.
  if (results === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const statuses = results.testResults.flatMap((file) => {
    const inside = file.assertionResults.map(({ status }) => status);
    return file.status === 'failed' && !inside.includes('failed') ? [...inside, 'failed'] : inside;
  });
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.filter((status) => status === 'failed').length;
  // An error outside every test fails the run without failing a test.
  const unaccounted = failed === 0 && !results.success ? 1 : 0;
  return { passed, failed: failed + unaccounted, skipped: statuses.length - passed - failed };
}

const { passed, failed, skipped } = countTests(readResults('.tmp/test-results.json'));
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
