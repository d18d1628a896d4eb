import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Runs the Python tests of `loom_runtime` and gives what unittest reports. */
function runPythonTests(): Promise<{ code: number; report: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
    const command = ['-m', 'unittest', 'discover', '-s', 'test'];
    execFile(
      process.env.PYTHON ?? 'python3',
      command,
      { cwd: folder, env, timeout: 540_000 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, report: stdout + stderr });
      },
    );
  });
}

test('loom_runtime passes its own tests under CPython', { timeout: 600_000 }, async () => {
  const { code, report } = await runPythonTests();
  expect(code, report).toBe(0);
  const [, count] = /Ran (\d+) tests/.exec(report) ?? [];
  expect(Number(count), report).toBeGreaterThan(100);
});
