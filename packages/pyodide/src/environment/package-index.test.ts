import { expect, it } from 'vitest';
import { wheelsInIndex } from './package-index.js';
import { missing, type ReadAddress } from './read-address.js';

const hash = 'ab'.repeat(32);

/** An index whose pages are the texts given by address. */
function index(pages: Readonly<Record<string, string>>): ReadAddress {
  return {
    resolve: (address) => new URL(address),
    async read(url) {
      const text = pages[url.href];
      if (text === undefined) throw missing(url, 'the server answered 404', { status: 404 });
      return new TextEncoder().encode(text).buffer;
    },
  };
}

const listed = async (text: string) =>
  (
    await wheelsInIndex(
      new URL('https://index.example/simple'),
      'tiny',
      index({ 'https://index.example/simple/tiny/': text }),
    )
  ).map(({ candidate, file, sha256 }) => ({ ...candidate, file, sha256 }));

const newest = {
  key: 'https://index.example/files/tiny-2.0-py3-none-any.whl',
  url: 'https://index.example/files/tiny-2.0-py3-none-any.whl',
  file: 'tiny-2.0-py3-none-any.whl',
  sha256: hash,
  requiresPython: '>=3.8,<4',
};

it('a page of links is read (PEP 503)', async () => {
  const html = `<!DOCTYPE html><html><body><h1>Links for tiny</h1>
    <a href="../../files/tiny-2.0-py3-none-any.whl#sha256=${hash}" data-requires-python="&gt;=3.8,&#60;4">tiny-2.0-py3-none-any.whl</a><br/>
    <A data-yanked='broken' href='https://other.example/tiny-1.9-py3-none-any.whl'>tiny-1.9-py3-none-any.whl</A>
    <a href="/tiny-1.8.tar.gz">tiny-1.8.tar.gz</a>
    <a href='https://other.example/tiny-1.0-py3-none-any.whl?x=1&amp;y=2'> tiny-1.0-py3-none-any.whl </a></body></html>`;
  expect(await listed(html)).toEqual([
    newest,
    {
      key: 'https://other.example/tiny-1.0-py3-none-any.whl?x=1&y=2',
      url: 'https://other.example/tiny-1.0-py3-none-any.whl?x=1&y=2',
      file: 'tiny-1.0-py3-none-any.whl',
      sha256: undefined,
    },
  ]);
});

it('an answer in JSON is read (PEP 691)', async () => {
  const json = JSON.stringify({
    meta: { 'api-version': '1.1' },
    name: 'tiny',
    files: [
      {
        filename: 'tiny-2.0-py3-none-any.whl',
        url: '../../files/tiny-2.0-py3-none-any.whl',
        hashes: { sha256: hash.toUpperCase() },
        'requires-python': '>=3.8,<4',
        yanked: false,
      },
      { filename: 'tiny-1.9-py3-none-any.whl', url: '/x.whl', hashes: {}, yanked: 'broken' },
      { filename: 'tiny-1.8.tar.gz', url: '/tiny-1.8.tar.gz', hashes: {} },
      { filename: 3 },
    ],
  });
  expect(await listed(json)).toEqual([newest]);
});

it('a name that the index does not know is no error, and an answer that is no list is one', async () => {
  expect(await wheelsInIndex(new URL('https://index.example/'), 'tiny', index({}))).toEqual([]);
  await expect(listed('{')).rejects.toMatchObject({ code: 'python/bad-source' });
  expect(await listed('<p>Nothing here</p>')).toEqual([]);
});
