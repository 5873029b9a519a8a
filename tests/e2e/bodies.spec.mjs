// What a story's text does for its reader, in a browser: pictures that fail or open large, headings
// and notes that lead somewhere, tables and code that keep their shape, languages, limits.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { axe, eventually, live, serveDir, withPage } from './support.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILLER = `<p>${'The tide tables were read aloud at the quay again this morning. '.repeat(30)}</p>`;
const CODE = 'if tide > 3 {\n    close("gate");\n\n\tring();\n}';
const HEADINGS = ['Before dawn', 'نشرة المد والجزر', '潮位表について', 'Прилив'];

const figure = (name, caption) => `<figure><img src="/pictures/${name}.png" width="90" height="60" alt="The ${name}">`
  + `<figcaption>${caption}<span class="credit">A. Name</span></figcaption></figure>`;

const STORIES = {
  pictures: {
    content_html: `<p>Words.</p>${figure('quay', 'At the quay.')}
      <figure class="wp-block-gallery">${figure('gate', 'The gate.')}${figure('light', 'The light.')}</figure>
      <figure><img src="/pictures/gone.png" width="600" height="400" alt="A lost ferry"></figure>
      <p><img src="/pictures/lost.png" alt="A lost map"></p>${FILLER}`,
  },
  long: {
    content_html: `${HEADINGS.map((heading) => `<h2>${heading}</h2>${FILLER}`).join('')}
      <p>A claim<sup><a id="r1" href="#n1">1</a></sup> and more.</p>${FILLER}
      <table><caption>Tides</caption><tr>${'<th>A long heading of a column</th>'.repeat(12)}</tr><tr>${'<td>4.25</td>'.repeat(12)}</tr></table>
      <pre><code class="language-rust">${CODE.replace('>', '&gt;')}</code></pre>${FILLER}
      <ol class="wp-block-footnotes"><li id="n1">Whose claim it is. <a href="#r1">↩</a></li></ol>`,
  },
  hebrew: { language: 'he', content_html: `<p>הגאות עלתה הבוקר.</p><p lang="en">An English word.</p>${FILLER}` },
  deep: { content_html: `${'<b>'.repeat(9_000)}Deep words.` },
  large: { content_html: `<p>First words.</p><p>${'<i>x</i> '.repeat(30_000)}</p>` },
};

let folder;
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-bodies-'));
  await mkdir(join(folder, 'pictures'));
  for (const name of ['quay', 'gate', 'light']) await copyFile(join(ROOT, 'public/icon.png'), join(folder, `pictures/${name}.png`));
  await writeFile(join(folder, 'site.json'), JSON.stringify({
    title: 'The Post', description: 'News.', url: 'https://post.example', language: 'en-GB',
    source: { kind: 'jsonfeed', url: 'feed.json' },
  }));
  await writeFile(join(folder, 'feed.json'), JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1', title: 'The Post',
    items: Object.entries(STORIES).map(([name, item]) => ({
      id: name, url: `https://post.example/article/${name}/`, title: `The story called ${name}`, date_published: '2026-11-23T08:00:00Z', ...item,
    })),
  }));
  const program = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
  const app = process.env.DATELINE_APP ?? join(ROOT, 'target/app');
  const out = join(folder, 'out');
  const built = spawnSync(program, ['prerender', '--app', app, '--site', join(folder, 'site.json'), '--out', out], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  server = await serveDir(out);
});

after(async () => {
  server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const open = (name, options, fn) => withPage({ allow: [/ERR_NAME_NOT_RESOLVED/], ...options }, async (page, context) => {
  await page.goto(`${server.url}article/${name}/`);
  if (options.javaScriptEnabled !== false) await live(page);
  await fn(page, context);
});

const dialog = (page) => page.locator('dialog.lightbox[open]');

/** Which of the pictures in the lightbox stands in view. */
const shown = (page) => page.evaluate(() => {
  const middle = innerWidth / 2;
  return [...document.querySelectorAll('.lightbox figure')].findIndex((it) => {
    const { left, right } = it.getBoundingClientRect();
    return left <= middle && right > middle;
  });
});

const focused = (page) => page.evaluate(() => document.activeElement?.querySelector('img')?.alt);

for (const javaScriptEnabled of [true, false]) {
  test(`a picture that fails keeps its box and says what it showed, ${javaScriptEnabled ? 'with' : 'without'} scripts`, () =>
    open('pictures', { javaScriptEnabled }, async (page) => {
      for (const alt of ['A lost ferry', 'A lost map']) {
        const picture = page.getByRole('img', { name: alt });
        await picture.scrollIntoViewIfNeeded();
        await eventually(() => picture.evaluate((it) => it.complete && it.naturalWidth === 0));
        const { width, height } = await picture.boundingBox();
        assert.ok(width > 200 && height > 100, `${alt}: ${width} × ${height}`);
        if (javaScriptEnabled) await eventually(() => picture.evaluate((it) => it.classList.contains('failed')));
      }
    }));
}

test('pictures open large from the keyboard, go on with arrows, and Escape gives the focus back', () =>
  open('pictures', { viewport: { width: 800, height: 600 } }, async (page) => {
    const address = page.url();
    await page.getByRole('link', { name: 'The quay' }).focus();
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    assert.equal(new URL(page.url()).hash, '#picture-1');
    assert.equal(await shown(page), 0);
    assert.equal(await dialog(page).getByRole('figure').count(), 5);
    assert.match(await dialog(page).getByRole('figure', { name: 'Picture 1 of 5' }).innerText(), /At the quay\.\s*A\. Name/);
    assert.deepEqual(await axe(page, { include: ['dialog'] }), []);
    await page.keyboard.press('ArrowRight');
    await eventually(async () => (await shown(page)) === 1);
    assert.match(await dialog(page).getByRole('figure').nth(1).innerText(), /The gate/);
    await page.getByRole('button', { name: 'Next picture' }).click();
    await eventually(async () => (await shown(page)) === 2);
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => (await shown(page)) === 1);
    await page.keyboard.press('Escape');
    await eventually(async () => (await dialog(page).count()) === 0 && page.url() === address);
    assert.equal(await focused(page), 'The gate', 'the focus is on the picture seen last');
  }));

test('Back closes the large picture and stays on the page', () => open('pictures', {}, async (page) => {
  const address = page.url();
  const shownPages = await page.evaluate(() => globalThis.datelinePages);
  await page.getByRole('link', { name: 'The light' }).click();
  await dialog(page).waitFor();
  assert.equal(new URL(page.url()).hash, '#picture-3');
  await page.goBack();
  await eventually(async () => (await dialog(page).count()) === 0);
  assert.equal(page.url(), address);
  assert.equal(await focused(page), 'The light');
  assert.equal(await page.evaluate(() => globalThis.datelinePages), shownPages, 'the page was not drawn anew');
  await page.getByRole('link', { name: 'The light' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await eventually(async () => (await dialog(page).count()) === 0 && page.url() === address);
}));

test('a link in the caption of a large picture leads to its page, and Back to the story', () => open('pictures', {}, async (page) => {
  const address = page.url();
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: '/article/long/', textContent: 'More of it' });
    document.querySelector('.body figcaption').append(link);
  });
  await page.getByRole('link', { name: 'The quay' }).click();
  await dialog(page).getByRole('link', { name: 'More of it' }).click();
  await page.getByRole('heading', { level: 1, name: 'The story called long' }).waitFor();
  assert.equal(await page.locator('dialog.lightbox').count(), 0);
  await page.waitForURL(`${server.url}article/long/`);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'The story called pictures' }).waitFor();
  assert.equal(page.url(), address);
}));

test('a finger swipes from picture to picture: it is native scrolling', () =>
  open('pictures', { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } }, async (page, context) => {
    await page.getByRole('link', { name: 'The quay' }).tap();
    await dialog(page).waitFor();
    const devtools = await context.newCDPSession(page);
    const touch = (type, ...xs) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x) => ({ x, y: 300 })) });
    await touch('touchStart', 300);
    for (let x = 280; x > 40; x -= 20) await touch('touchMove', x);
    await touch('touchEnd');
    await eventually(async () => (await shown(page)) === 1);
    await eventually(() => page.evaluate(() => document.querySelector('.lightbox-track').scrollLeft % innerWidth === 0));
  }));

test('without scripts a picture is a link to its large version', () => open('pictures', { javaScriptEnabled: false }, async (page) => {
  assert.match(await page.getByRole('link', { name: 'The quay' }).getAttribute('href'), /\/pictures\/quay/);
}));

test('a heading gives its own address to the clipboard and to the address bar', () =>
  open('long', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    const link = page.getByRole('heading', { name: HEADINGS[0] }).getByRole('link');
    await link.focus();
    await page.keyboard.press('Enter');
    await eventually(() => link.evaluate((it) => it.classList.contains('copied')));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, page.url());
    assert.match(new URL(copied).hash, /before-dawn$/);
    assert.equal(await link.getAttribute('aria-label'), 'Link copied');
    await page.goto(copied);
    await live(page);
    const top = await page.getByRole('heading', { name: HEADINGS[0] }).evaluate((it) => it.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 300, `the copied address leads there: ${top}`);
  }));

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';
  const target = (page) => page.locator(':target');

  test(`a note is a link away and so is the way back, ${how} scripts`, () => open('long', { javaScriptEnabled }, async (page) => {
    await page.locator('.body').getByRole('link', { name: '1', exact: true }).click();
    await eventually(async () => /Whose claim/.test(await target(page).innerText()));
    await page.getByRole('link', { name: 'Back to the text' }).click();
    await eventually(async () => (await target(page).evaluate((it) => it.closest('p')?.textContent ?? '')).startsWith('A claim'));
    await eventually(() => target(page).evaluate((it) => {
      const { top } = it.closest('p').getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    }));
  }));

  test(`"Jump to" leads to headings of any script, ${how} scripts`, () => open('long', { javaScriptEnabled }, async (page) => {
    const contents = page.getByRole('navigation', { name: 'Jump to' });
    assert.deepEqual(await contents.getByRole('link').allInnerTexts(), HEADINGS);
    for (const heading of HEADINGS) {
      await contents.getByRole('link', { name: heading }).click();
      await eventually(async () => (await target(page).innerText()).startsWith(heading));
      const top = () => target(page).evaluate((it) => it.getBoundingClientRect().top);
      await eventually(async () => (await top()) >= 0 && (await top()) < 300);
    }
  }));
}

test('a wide table scrolls within the page, by keyboard too; code keeps its white space', () =>
  open('long', { viewport: { width: 360, height: 640 } }, async (page) => {
    const table = page.getByRole('region', { name: 'Table: Tides' });
    const wide = await table.evaluate((it) => it.scrollWidth > it.clientWidth);
    assert.ok(wide, 'the table is wider than its place');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page is not');
    await table.focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => table.evaluate((it) => it.scrollLeft > 0));
    const code = page.locator('.body pre');
    assert.equal(await code.innerText(), CODE);
    assert.equal(await code.evaluate((it) => getComputedStyle(it).whiteSpaceCollapse), 'preserve');
  }));

test('a story in another language says so, and words of a third within it', () => open('hebrew', {}, async (page) => {
  assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB');
  const said = (selector) => page.locator(selector).evaluate((it) => {
    const near = it.closest('[lang]');
    return [near.lang, getComputedStyle(it).direction];
  });
  assert.deepEqual(await said('h1'), ['he', 'rtl']);
  assert.deepEqual(await said('.body p >> nth=0'), ['he', 'rtl']);
  assert.deepEqual(await said('.body >> text=An English word.'), ['en', 'ltr']);
}));

for (const [name, words, notice] of [
  ['deep', 'Deep words.', 'This story is too deeply nested to be laid out; here is its text.'],
  ['large', 'First words.', 'This story is too large to be laid out; here is its text.'],
]) {
  test(`a body too ${name} to lay out is plain text, and one line says so`, () => open(name, { javaScriptEnabled: false }, async (page) => {
    const said = page.locator('article .notice:not([hidden])');
    assert.equal(await said.innerText(), `${notice} Open the original article`);
    assert.match(await said.getByRole('link').getAttribute('href'), /^https:/);
    assert.ok((await page.locator('.body').innerText()).startsWith(words));
    assert.deepEqual(await page.locator('.body').evaluate((body) => [...new Set([...body.querySelectorAll('*')].map((it) => it.localName))]), ['p']);
  }));
}
