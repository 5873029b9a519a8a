// What the browser tests of comments share: stories of the demo, and a small publisher who takes them.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { receiver } from './comments-server.mjs';
import { OUT, live, serveDir, url, withPage } from './support.mjs';

/** Two stories of the demo, by their paths. */
export const [ONE, TWO] = (await readdir(join(OUT, 'article'))).sort().map((slug) => `/article/${slug}/`);

export const comment = (page) => page.getByRole('textbox', { name: 'Comment', exact: true });
export const stored = (page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('dateline:1:draft:')).map(([name, value]) => [name, JSON.parse(value)]));
/** Resolves when a draft with these words is in the local store. */
export const kept = (page, text) =>
  page.waitForFunction(
    (words) => Object.entries(localStorage).some(([name, value]) => name.startsWith('dateline:1:draft:') && JSON.parse(value).text === words),
    text,
  );
/** What the database holds: it is written after the local store, and read where that one fails. */
export const inDatabase = (page) =>
  page.evaluate(async () => {
    // Opening it would make it, without what the desk keeps in it.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'dateline')) return [];
    const request = indexedDB.open('dateline', 1);
    const database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const all = database.transaction('drafts').objectStore('drafts').getAll();
    const values = await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)));
    database.close();
    return values;
  });
/** Resolves when no draft with words is in the local store. */
export const gone = (page) =>
  page.waitForFunction(() =>
    Object.entries(localStorage).every(([name, value]) => !name.startsWith('dateline:1:draft:') || JSON.parse(value).gone),
  );

/** The form comes to life when a reader comes near it. */
export const near = (page) => page.locator('[data-part="comments"]').scrollIntoViewIfNeeded();

export async function article(page, path = ONE) {
  await page.goto(path.startsWith('http') ? path : url(path));
  await live(page);
  await near(page);
  await page.getByText('Kept on this device', { exact: false }).first().waitFor();
}

// The demo's publisher takes no comments. One who does gets a build of three stories here.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What is built and served so far, by what its `comments` say beyond the usual. */
const publishers = new Map();

async function taking(rules) {
  const server = await receiver();
  const folder = await mkdtemp(join(tmpdir(), 'dateline-comments-'));
  const read = async (name) => JSON.parse(await readFile(join(ROOT, 'public', name), 'utf8'));
  const [site, feed] = await Promise.all([read('site.json'), read('feed.json')]);
  feed.items = feed.items.slice(0, 3).map(({ id, url: address, title, _dateline }) => ({
    id, url: address, title, content_html: '<p>A story.</p>',
    _dateline: { section: _dateline?.section, comments: { open: true, count: 6, url: `${server.url}/thread.json` } },
  }));
  const plain = {
    title: site.title, url: site.url, language: 'en-GB', source: site.source, permalink: '/article/{slug}/',
    comments: { post: true, max_length: 200, endpoint: `${server.url}/comments`, ...rules },
  };
  await writeFile(join(folder, 'site.json'), JSON.stringify(plain));
  await writeFile(join(folder, 'feed.json'), JSON.stringify(feed));
  const out = join(folder, 'out');
  const program = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
  execFileSync(program, ['prerender', '--app', join(ROOT, 'target/app'), '--site', join(folder, 'site.json'), '--out', out], { stdio: 'pipe' });
  const served = await serveDir(out);
  const story = (await readdir(join(out, 'article'))).sort()[0];
  return { server, folder, served, story: new URL(`article/${story}/`, served.url).href };
}

after(async () => {
  for (const publisher of publishers.values()) {
    const { server, served, folder } = await publisher;
    served.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/**
 * A story whose comments go to a receiver that gives these answers. `rules` go into `comments` of
 * site.json; a fake clock runs where `clock` says so; other options are the browser context's.
 */
export async function posting(answers, fn, allow = [], { rules = {}, clock = false, ...options } = {}) {
  const name = JSON.stringify(rules);
  if (!publishers.has(name)) publishers.set(name, taking(rules));
  const { server, story } = await publishers.get(name);
  server.posts.length = 0;
  server.answers.splice(0, server.answers.length, ...answers);
  await withPage({ ...options, allow: [/Failed to load resource/, /net::ERR/, ...allow] }, async (page, context) => {
    if (clock) await page.clock.install();
    await article(page, story);
    await fn(page, server, context, story);
  });
}

export const APPROVED = [{ status: 201, body: { status: 'approved' } }];

export async function fillIn(page, text = 'Well said.') {
  await comment(page).fill(text);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada');
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill('ada@example.org');
}

