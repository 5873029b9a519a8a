// Parts of the newspaper that other specs do not meet: pagination, nested sections, authors, dates, pull quotes,
// sharing where nothing else works, the manners of "Worth reading", fronts of any size.
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { OUT, eventually, live, painted, serveDir, url, withPage } from './support.mjs';
import { build, index } from './search-support.mjs';

const STORY = '/article/kittiwake-crosses-to-hesk/';
const plain = { javaScriptEnabled: false };
const open = (path, options, fn) => withPage(options, async (page, context) => {
  await page.goto(url(path));
  return fn(page, context);
});

test('pagination names the page one is on and leads both ways', () => open('/page/2/', plain, async (page) => {
  const pages = page.getByRole('navigation', { name: /page/i });
  assert.match(await pages.locator('[aria-current="page"]').innerText(), /2/);
  assert.equal(new URL(await pages.getByRole('link', { name: 'Newer stories' }).getAttribute('href'), page.url()).pathname, '/');
  await pages.getByRole('link', { name: 'Older stories' }).click();
  assert.equal(new URL(page.url()).pathname, '/page/3/');
}));

test('a nested section leads back to the one above it, and that one down', () => open('/category/harbour/ferries/', plain, async (page) => {
  await page.getByRole('main').getByRole('link', { name: 'Harbour', exact: true }).first().click();
  assert.equal(new URL(page.url()).pathname, '/category/harbour/');
  await page.getByRole('main').getByRole('link', { name: 'Ferries', exact: true }).first().click();
  assert.equal(new URL(page.url()).pathname, '/category/harbour/ferries/');
}));

test('a byline leads to its author, who has a page with a biography and stories', () => open(STORY, plain, async (page) => {
  const author = page.locator('.byline a').first();
  const name = await author.innerText();
  await author.click();
  assert.match(new URL(page.url()).pathname, /^\/author\//);
  assert.equal(await page.locator('h1').innerText(), name);
  assert.ok((await page.locator('.portrait').innerText()).length > 40);
  assert.ok((await page.locator('.card').count()) > 1);
}));

test('"Updated" stands only on stories changed after the day they were published', async () => {
  const feed = JSON.parse(await readFile(join(OUT, 'feed.json'), 'utf8'));
  let later = 0;
  await withPage(plain, async (page) => {
    for (const item of feed.items.filter(({ date_modified: at }) => at)) {
      await page.goto(url(new URL(item.url).pathname));
      const day = (text) => text.slice(0, 10);
      const expected = day(item.date_modified) > day(item.date_published);
      later += Number(expected);
      assert.equal(/Updated/.test(await page.locator('.dates').innerText()), expected, item.url);
    }
  });
  assert.ok(later > 0, 'one story of the demo is updated on a later day');
});

test('a pull quote is a quotation with its speaker', () => open(STORY, plain, async (page) => {
  const quote = page.locator('.pull-quote').first();
  assert.ok((await quote.locator('blockquote, q, p').first().innerText()).length > 10);
  assert.ok((await quote.locator('cite, figcaption').first().innerText()).length > 2);
}));

for (const [what, refuses] of [['there is no clipboard', false], ['the clipboard refuses', true]]) {
  test(`where ${what}, a mail with the address is offered`, () => withPage({}, async (page) => {
    await page.addInitScript((there) => {
      const value = there ? { writeText: () => Promise.reject(new Error('no')) } : undefined;
      Object.defineProperty(navigator, 'clipboard', { value });
    }, refuses);
    await page.goto(url(STORY));
    await live(page);
    if (refuses) await page.getByRole('button', { name: 'Copy link' }).click();
    const mail = page.locator('.share a[href^="mailto:"]');
    await mail.waitFor();
    assert.match(decodeURIComponent(await mail.getAttribute('href')), /kittiwake-crosses-to-hesk\/$/);
  }));
}

/** Scrolls until the end of the text is in view. */
const toTheEnd = (page) => page.locator('#end-of-body').evaluate((end) => {
  scrollTo(0, scrollY + end.getBoundingClientRect().top - innerHeight + 40);
});

test('"Worth reading" never comes over a field that has the focus', () =>
  open(STORY, { viewport: { width: 1280, height: 480 } }, async (page) => {
    await live(page);
    const offer = page.getByRole('complementary', { name: 'Worth reading' });
    await page.locator('.newsletter-form input').first().focus();
    await toTheEnd(page);
    await painted(page);
    await page.waitForTimeout(300);
    assert.equal(await offer.count(), 0);
    await page.evaluate(() => document.activeElement.blur());
    await offer.waitFor();
  }));

test('"Worth reading" does not stand over related posts, and comes with no motion where none is wanted', () =>
  open(STORY, { viewport: { width: 1280, height: 480 }, reducedMotion: 'reduce' }, async (page) => {
    await live(page);
    const offer = page.getByRole('complementary', { name: 'Worth reading' });
    await page.locator('.related').evaluate((related) => related.scrollIntoView());
    await painted(page);
    await page.waitForTimeout(300);
    assert.equal(await offer.count(), 0);
    await toTheEnd(page);
    await offer.waitFor();
    assert.equal(await offer.evaluate((element) => getComputedStyle(element).animationName), 'none');
  }));

const stories = (count) => Array.from({ length: count }, (_, n) => ({ title: `Story ${n + 1}`, text: `The words of story ${n + 1}.` }));

for (const count of [1, 2, 3, 5, 9]) {
  test(`a front page of ${count} looks intended: a lead, no empty part, nothing twice`, async () => {
    const { out } = await index('en', stories(count));
    const server = await serveDir(out);
    try {
      await withPage(plain, async (page) => {
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(server.url);
          const links = await page.locator('main .card-link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
          assert.equal(links.length, count);
          assert.equal(new Set(links).size, count);
          assert.equal(await page.locator('.card-lead').count(), 1);
          const hollow = await page.locator('main section, main .seconds').evaluateAll((all) => all.filter((part) => !part.querySelector('.card, form')).length);
          assert.equal(hollow, 0);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        }
      });
    } finally {
      server.stop();
      await rm(dirname(out), { recursive: true, force: true });
    }
  });
}

test('cards are laid out by the room they have in the reader’s text size, not by the window', () =>
  open('/', { viewport: { width: 1024, height: 900 } }, async (page) => {
    await live(page);
    const columns = () => page.locator('.strip-latest .strip-cards').evaluate((grid) => getComputedStyle(grid).gridTemplateColumns.split(' ').length);
    const become = (count) => eventually(async () => (await columns()) === count);
    await become(4);
    await page.evaluate(() => { document.documentElement.dataset.size = 'larger'; });
    await become(2);
    await page.locator('main').evaluate((main) => { main.style.inlineSize = '380px'; });
    await become(1);
  }));

for (const [language, word] of [
  ['de', 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(2)],
  ['en', 'https://www.example.org/a/path/that/never/ends/and/has/no/space/in/it'.repeat(3)],
  ['ja', '日本の政令指定都市の市街地区域率ランキング'],
]) {
  test(`words without an end stay within the page: ${language}`, async () => {
    const items = Array.from({ length: 14 }, (_, n) => ({
      id: `s${n}`, url: `https://news.example/article/s${n}/`, title: `${word} ${n}`, summary: word, tags: [word],
      authors: [{ name: word }], date_published: `2026-11-0${1 + (n % 9)}T08:00:00Z`,
      content_html: `<p>${word}</p><h2>${word}</h2><blockquote>${word}</blockquote><ul><li>${word}</ul><p><code>${word}</code>`,
      _dateline: { section: { name: word, path: 'desk' }, kicker: word, standfirst: word, key_points: [word], pull_quotes: [{ text: word, by: word }] },
    }));
    const out = await build(language, items, { title: word, description: word, newsletter: { action: 'https://letters.example/', title: word, text: word } });
    const server = await serveDir(out);
    try {
      await withPage({ allow: [/404/] }, async (page) => {
        const linked = async (path, selector) => {
          await page.goto(new URL(path, server.url).href);
          return page.locator(selector).first().getAttribute('href');
        };
        const story = '/article/s1/';
        const paths = ['/', '/category/desk/', '/archive/', '/search/', '/saved/', '/drafts/', '/nothing/', story];
        paths.push(await linked(story, '.byline a'), await linked(story, '.tags a'), `${story}related/`);
        for (const width of [320, 768, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          for (const path of paths) {
            await page.goto(new URL(path, server.url).href);
            await live(page);
            assert.equal(await page.evaluate(() => Math.max(document.documentElement.scrollWidth, innerWidth)), width, `${path}, ${width} wide`);
          }
        }
      });
    } finally {
      server.stop();
      await rm(dirname(out), { recursive: true, force: true });
    }
  });
}
