import type { EnvironmentStatus, Executor } from '@loom/engine';
import type { JsonObject } from '@loom/graph';
import { afterEach, describe, expect, it } from 'vitest';
import type { PackageSources } from '../src/index.js';
import { python } from './python-programs.js';
import { perform, resultOf } from './tasks.js';
import { type WheelFile, wheelFile } from './wheel-file.js';

export interface EnvironmentTestOptions {
  readonly name: string;
  /** Executors that share have one Python, so that nobody has to wait for many. */
  readonly create: (packages: PackageSources | undefined, shares: boolean) => Executor;
  /** Puts files where sources can name them, and gives the address of their folder, with a slash. */
  readonly serve: (files: Readonly<Record<string, string | ArrayBuffer>>) => Promise<string>;
}

/** What flows require, wherever it is made ready. */
export function environments({ name, create, serve }: EnvironmentTestOptions): void {
  describe(`environments: ${name}`, () => {
    const disposals: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const dispose of disposals.splice(0)) await dispose();
    });

    function created(packages?: PackageSources, shares = false) {
      const executor = create(packages, shares);
      disposals.push(() => executor.dispose());
      const statuses: EnvironmentStatus[] = [];
      executor.subscribe((event) => event.kind === 'environment' && statuses.push(event.status));
      const prepare = (requirements: readonly string[], lock?: JsonObject) =>
        executor.prepare({ python: { requirements, ...(lock ? { lock } : {}) } });
      const evaluate = async (expression: string, imports: string) => {
        const source = `import ${imports}\n\ndef f():\n    return ${expression}\n`;
        return resultOf(executor, (await perform(executor, [python('f', source, { revision: source })])).ends[0]);
      };
      return { executor, statuses, prepare, evaluate };
    }

    const readyOf = (statuses: readonly EnvironmentStatus[]) => {
      const last = statuses.at(-1);
      if (last?.state !== 'ready' || !last.lock) throw new Error(`It is not ready: ${JSON.stringify(last)}`);
      return { ...last, lock: last.lock };
    };

    const pair = async () => ({
      outer: await wheelFile({
        name: 'outer-thing',
        version: '2.1',
        requires: ['inner>=1', 'nothing; extra == "more"'],
        files: { 'outer_thing/__init__.py': 'from inner import VERSION\n' },
      }),
      inner: await wheelFile({ name: 'inner', version: '1.5' }),
    });

    it('wheels that the user gives are installed with what they need, and each step is told', async () => {
      const { outer, inner } = await pair();
      const files = [outer, new File([inner.data], inner.name)];
      const { prepare, statuses, evaluate } = created({ files });
      await prepare(['outer-thing~=2.0', 'json']);
      expect(await evaluate('outer_thing.VERSION', 'outer_thing')).toBe('1.5');
      const states = statuses.map(({ state }) => state);
      expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
        'resolving',
        'downloading',
        'installing',
        'ready',
      ]);
      const { packages, lock } = readyOf(statuses);
      expect(packages).toEqual([
        { name: 'outer-thing', version: '2.1' },
        { name: 'inner', version: '1.5' },
      ]);
      expect(lock).toEqual({
        loom: 1,
        requirements: ['outer-thing~=2.0', 'json'],
        packages: [
          { name: 'inner', version: '1.5', file: inner.name, sha256: inner.sha256 },
          { name: 'outer-thing', version: '2.1', file: outer.name, sha256: outer.sha256 },
        ],
      });
    });

    it('a lock is kept to: the same is chosen, and another file is refused', async () => {
      const old = await wheelFile({ name: 'inner', version: '1.0' });
      const first = created({ files: [old] });
      await first.prepare(['inner']);
      const { lock } = readyOf(first.statuses);

      const newer = await wheelFile({ name: 'inner', version: '2.0' });
      const second = created({ files: [newer, old] });
      await second.prepare(['inner'], lock);
      expect(await second.evaluate('inner.VERSION', 'inner')).toBe('1.0');

      const forged = await wheelFile({ name: 'inner', version: '1.0', files: { 'inner.py': 'VERSION = "evil"\n' } });
      const third = created({ files: [forged] });
      await expect(third.prepare(['inner'], lock)).rejects.toMatchObject({
        code: 'python/wrong-hash',
        message: expect.stringContaining(old.sha256),
      });
      await expect(third.evaluate('inner.VERSION', 'inner')).rejects.toThrow(/inner/);

      const fourth = created({ files: [newer] });
      await expect(fourth.prepare(['inner'], lock)).rejects.toMatchObject({ code: 'python/version-conflict' });
      // A lock of other requirements says nothing.
      await fourth.prepare(['inner>=2'], lock);
      expect(await fourth.evaluate('inner.VERSION', 'inner')).toBe('2.0');
    });

    const lockFile = (...wheels: (WheelFile & { readonly depends?: readonly string[] })[]) =>
      JSON.stringify({
        info: {},
        packages: Object.fromEntries(
          wheels.map(({ name: file, sha256, depends = [] }) => {
            const [module = '', version = ''] = file.split('-');
            return [module, { name: module, version, file_name: file, sha256, depends, imports: [module] }];
          }),
        ),
      });

    it('a folder that lists its wheels is a source, and so is a wheel at an address', async () => {
      const { outer, inner } = await pair();
      const folder = await serve({
        'pyodide-lock.json': lockFile({ ...outer, depends: ['inner'] }),
        [outer.name]: outer.data,
        [inner.name]: inner.data,
      });
      const { prepare, evaluate } = created({ urls: [folder, `${folder}${inner.name}#sha256=${inner.sha256}`] });
      await prepare(['outer_thing']);
      expect(await evaluate('outer_thing.VERSION', 'outer_thing')).toBe('1.5');
    });

    it('hashes of sources are checked', async () => {
      const { inner } = await pair();
      const wrong = '0'.repeat(64);
      const folder = await serve({
        'pyodide-lock.json': lockFile({ ...inner, sha256: wrong }),
        [inner.name]: inner.data,
      });
      for (const urls of [[folder], [`${folder}${inner.name}#sha256=${wrong}`]]) {
        await expect(created({ urls }, true).prepare(['inner'])).rejects.toMatchObject({
          code: 'python/wrong-hash',
          message: expect.stringContaining(inner.name),
        });
      }
    });

    it('what is missing is named, with the way out', async () => {
      const { outer, inner } = await pair();
      const folder = await serve({ 'pyodide-lock.json': lockFile(inner) });
      const cases: readonly [PackageSources | undefined, string, string, string][] = [
        [undefined, 'no-such-thing', 'python/no-such-package', 'no source has it'],
        [{ files: [outer] }, 'outer-thing', 'python/no-such-package', 'inner>=1'],
        [{ files: [inner] }, 'inner>=9', 'python/version-conflict', '1.5'],
        [{ urls: [folder] }, 'inner', 'python/package-missing', inner.name],
        [{ urls: [`${folder}nowhere/`] }, 'inner', 'python/package-missing', 'pyodide-lock.json'],
        [undefined, 'numpy', 'python/package-missing', 'numpy-'],
        [undefined, '>=1', 'python/requirement-syntax', '>=1'],
        [undefined, `inner @ ${folder}${inner.name}`, 'python/address-not-allowed', 'the app must name it'],
      ];
      for (const [packages, requirement, code, text] of cases) {
        const { prepare, statuses } = created(packages, true);
        await expect(prepare([requirement])).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
        expect(statuses.at(-1)).toMatchObject({ state: 'failed', error: { code } });
      }
    });

    it('other packages are in a Python of their own, and the earlier ones are gone', async () => {
      const [one, two] = [
        await wheelFile({ name: 'inner', version: '1' }),
        await wheelFile({ name: 'inner', version: '2' }),
      ];
      const { executor, prepare, evaluate } = created({ files: [one, two] });
      await prepare(['inner<2']);
      expect(await evaluate('inner.VERSION', 'inner')).toBe('1');
      const [earlier] = (await perform(executor, [python('earlier', 'def earlier():\n    return "earlier"\n')])).ends;
      await prepare(['inner']);
      expect(await evaluate('inner.VERSION', 'inner')).toBe('2');
      // Values are never taken for one another: this one was kept, or is lost.
      expect(['earlier', 'value/lost']).toContain(await resultOf(executor, earlier).catch(({ code }) => code));
      await prepare([]);
      await expect(evaluate('inner.VERSION', 'inner')).rejects.toThrow(/inner/);
    });

    it('requirements of the standard library need nothing', async () => {
      const { prepare, evaluate } = created();
      await prepare(['json', 'sqlite3']);
      expect(await evaluate('json.loads("1")', 'json')).toBe(1);
    });
  });
}
