import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const NAMED_IMPORT = /import\s*\{([^}]+)\}\s*from 'lucide-react';/;

/** The file of each icon by the names that the package exports it by. */
function iconFiles(): ReadonlyMap<string, string> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('lucide-react/package.json'));
  const barrel = readFileSync(path.join(folder, 'dist/esm/lucide-react.mjs'), 'utf8');
  const files = new Map<string, string>();
  for (const [, names = '', file = ''] of barrel.matchAll(/export \{([^}]+)\} from '\.\/icons\/([\w-]+)\.mjs'/g)) {
    for (const [, name = ''] of names.matchAll(/default as (\w+)/g)) files.set(name, file);
  }
  return files;
}

/**
 * Takes each icon from its own file. Imported from the whole package they would all land in the first chunk of an app,
 * also those of parts that load later: some bundlers keep together what is reached through one file.
 */
export function iconImportsForEsbuild(): Plugin {
  return {
    name: 'icon-imports',
    setup(build) {
      const files = iconFiles();
      build.onLoad({ filter: /packages[\\/]react[\\/]src[\\/].*\.tsx?$/ }, (args) => {
        const text = readFileSync(args.path, 'utf8');
        const names = NAMED_IMPORT.exec(text)?.[1];
        if (names === undefined) return undefined;
        const icons = names.split(',').flatMap((part) => {
          const name = part.trim();
          return name === '' || name.startsWith('type ') ? [] : [name];
        });
        const imports = icons.map((name) => {
          const file = files.get(name);
          if (file === undefined) throw new Error(`${args.path} imports ${name}, which lucide-react does not have.`);
          return `import ${name} from 'lucide-react/icons/${file}';`;
        });
        // On one line, so that places in the source map stay right.
        const lines = '\n'.repeat(NAMED_IMPORT.exec(text)?.[0].match(/\n/g)?.length ?? 0);
        return {
          contents: text.replace(NAMED_IMPORT, imports.join(' ') + lines),
          loader: args.path.endsWith('x') ? 'tsx' : 'ts',
        };
      });
    },
  };
}
