// A WordPress story behind a password: entered on a page the browser made and on a prerendered one,
// kept for the visit, and nowhere else.
//
// Only a bundle that reads WordPress can do this; the demo's cannot, so against it these tests say
// that they were skipped. `cargo xtask build --site FILE` with a WordPress and `"prerender": false`
// makes one; DATELINE_APP names it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { axe, countPages, live, serveDir, withPage } from './support.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const APP = process.env.DATELINE_APP ?? join(ROOT, 'target/app');
const PROGRAM = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');

const presses = (await readdir(APP)).filter((file) => /^press.*\.wasm$/.test(file));
const bytes = await Promise.all(presses.map((file) => readFile(join(APP, file))));
const skip = !bytes.some((wasm) => wasm.includes('rest_post_invalid_page_number')) && 'this bundle reads no WordPress';

const post = (url, id, locked) => ({
  id,
  slug: `story-${id}`,
  link: `${url}/story-${id}/`,
  date_gmt: '2026-11-20T10:00:00',
  date: '2026-11-20T11:00:00',
  title: { rendered: locked ? 'Locked' : `Story ${id}` },
  content: { rendered: locked === 'shut' ? '' : `<p>Words of story ${id}.</p>`, protected: Boolean(locked) },
  excerpt: { rendered: '', protected: Boolean(locked) },
});

let cms;
let asked = [];
const sites = [];

before(async () => {
  if (skip) return;
  const server = createServer((request, response) => {
    const url = `http://127.0.0.1:${server.address().port}`;
    const { pathname, searchParams } = new URL(request.url, url);
    asked.push(request.url);
    const answer = (status, value) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'X-WP-Total, X-WP-TotalPages',
        'x-wp-total': '2',
        'x-wp-totalpages': '1',
      });
      response.end(JSON.stringify(value));
    };
    const route = pathname.replace('/wp-json/wp/v2/', '');
    const password = searchParams.get('password');
    if (route === 'posts/2') {
      if (password === 'sesame') return answer(200, post(url, 2, 'open'));
      if (password) return answer(403, { code: 'rest_post_incorrect_password', message: 'Incorrect post password.', data: { status: 403 } });
      return answer(200, post(url, 2, 'shut'));
    }
    if (route === 'posts') {
      const all = [post(url, 2, 'shut'), post(url, 1)];
      const slug = searchParams.get('slug');
      return answer(200, slug ? all.filter((it) => it.slug === slug) : all);
    }
    if (pathname === '/wp-json/') return answer(200, { name: 'Locked Post', namespaces: [] });
    return answer(200, []);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  cms = { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
});

after(async () => {
  cms?.stop();
  for (const { stop, folder } of sites) {
    stop();
    await rm(folder, { recursive: true, force: true });
  }
});

async function site(more) {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-locked-'));
  const config = { title: 'Locked Post', url: 'https://post.example/', language: 'en-GB', source: { kind: 'wordpress', url: cms.url }, ...more };
  await writeFile(join(folder, 'site.json'), JSON.stringify(config));
  const out = join(folder, 'out');
  await promisify(execFile)(PROGRAM, ['prerender', '--app', APP, '--site', join(folder, 'site.json'), '--out', out]);
  const served = { folder, out, ...(await serveDir(out, {})) };
  sites.push(served);
  return served;
}

// The browser itself notes an answer of 403.
for (const [name, more, allow] of [
  // A host without rewrites answers with the shell, and says 404.
  ['made in the browser', { prerender: false }, [/403/, /404.*\/story-2\//]],
  ['prerendered', { fresh: 'api' }, [/403/]],
]) {
  test(`a password opens a story on a page ${name}, for this visit`, { skip }, () => withPage({ allow }, async (page, context) => {
    const { url } = await site(more);
    const words = page.locator('.body');
    const field = page.getByLabel('Password');
    const open = page.getByRole('button', { name: 'Read the story' });
    await page.goto(new URL('story-2/', url).href);
    await live(page);
    assert.equal(await page.locator('h1').innerText(), 'Locked');
    assert.match(await page.locator('article').innerText(), /not open to everyone/);
    assert.deepEqual(await axe(page), []);

    await field.fill('guess');
    await open.click();
    await page.getByText('This password does not open the story.').waitFor();
    assert.equal((await words.innerText()).trim(), '');
    await field.fill('sesame');
    await open.click();
    await words.getByText('Words of story 2.').waitFor();
    assert.equal(await field.isVisible(), false);

    await page.goto(url);
    await live(page);
    await page.goto(new URL('story-2/', url).href);
    await words.getByText('Words of story 2.').waitFor();

    const kept = await page.evaluate(async () => [
      JSON.stringify({ ...localStorage }),
      document.title,
      location.href,
      document.cookie,
      JSON.stringify(await indexedDB.databases()),
    ]);
    assert.ok(!kept.join('\n').includes('sesame'));
    const other = await context.browser().newContext({ serviceWorkers: 'block' });
    const fresh = await other.newPage();
    await fresh.addInitScript(countPages);
    await fresh.goto(new URL('story-2/', url).href);
    await live(fresh);
    assert.equal(await fresh.getByLabel('Password').isVisible(), true, 'another visit knows nothing');
    await other.close();
    assert.ok(asked.some((it) => it.includes('password=sesame')));
  }));
}

test('where browsers may not ask the source there is the notice, and no form', { skip }, () => withPage({}, async (page) => {
  const { url } = await site({});
  await page.goto(new URL('story-2/', url).href);
  await live(page);
  assert.match(await page.locator('article').innerText(), /not open to everyone/);
  assert.equal(await page.getByLabel('Password').count(), 0);
}));
