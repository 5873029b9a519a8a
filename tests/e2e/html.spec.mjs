// The Nu HTML checker finds no error on one page of every kind. It needs Java; without it these
// tests are skipped and say so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { OUT, templates } from './support.mjs';

const home = dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json'));
const jar = join(home, 'build/dist/vnu.jar');
const java = spawnSync('java', ['-version']).status === 0;

test('every kind of page is valid HTML', { skip: java ? false : 'there is no Java here' }, async () => {
  const files = (await templates()).map(([, path]) => join(OUT, path.endsWith('/') ? `${path}index.html` : path));
  const checker = spawnSync('java', ['-jar', jar, '--format', 'json', '--errors-only', ...files], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const { messages } = JSON.parse(checker.stderr);
  // One line a file and message: a template repeats its faults.
  const lines = new Map();
  for (const { url, message, extract } of messages) {
    // The standard has `blocking` for `expect` too; the checker is older than that.
    if (/with a .blocking. attribute/.test(message) && extract.includes('rel="expect"')) continue;
    lines.set(`${url.replace(/.*\/e2e\/site\//, '')}: ${message}`, extract);
  }
  assert.deepEqual([...lines].map((line) => line.join(': ')), []);
});
