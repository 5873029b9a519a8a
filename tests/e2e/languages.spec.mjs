// Three small papers in Arabic, Japanese and Hindi (tests/fixtures/languages), each with one story in
// English: what must hold for every script, seen in a browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, live, serveDir, withPage } from './support.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PROGRAM = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');

const PAPERS = [
  { language: 'ar', direction: 'rtl', story: 'رافعة-الميناء', words: { by: 'بقلم', points: 'أبرز النقاط', month: 'نوفمبر 2026' } },
  { language: 'ja', direction: 'ltr', story: '古いクレーン', words: { by: '文・', points: 'この記事のポイント', month: '2026年11月' } },
  { language: 'hi', direction: 'ltr', story: 'पुरानी-क्रेन', words: { by: 'लेखक:', points: 'मुख्य बातें', month: 'नवंबर 2026' } },
];
const FOREIGN = 'article/a-letter-from-the-other-quay/';

/** The fixtures have no icon, and a browser asks for one by itself. */
const NO_ICON = { allow: [/favicon\.ico/] };

for (const paper of PAPERS) {
  describe(`a paper in ${paper.language}`, () => {
    let out;
    let server;
    const at = (path) => new URL(encodeURI(path), server.url).href;
    const story = `article/${paper.story}/`;
    const pages = ['', story, `${story}related/`, FOREIGN, 'category/port/', 'search/', 'archive/', 'drafts/', 'saved/', '404.html'];

    before(async () => {
      out = await mkdtemp(join(tmpdir(), 'dateline-language-'));
      const site = join(ROOT, 'tests/fixtures/languages', paper.language, 'site.json');
      const now = ['--now', '2026-11-23T10:00:00Z'];
      execFileSync(PROGRAM, ['prerender', '--app', join(ROOT, 'target/app'), '--site', site, '--out', out, ...now], { stdio: 'pipe' });
      server = await serveDir(out);
    });
    after(async () => {
      server?.stop();
      await rm(out, { recursive: true, force: true });
    });

    test('ships and loads its own texts alone', async () => {
      const files = (await readdir(out, { recursive: true })).filter((file) => /assets[/\\][a-z]{2}-[0-9a-f]{16}\.json$|locales/.test(file));
      assert.equal(files.length, 1, files.join(' '));
      assert.match(files[0], new RegExp(`assets.${paper.language}-`));
      await withPage(NO_ICON, async (page) => {
        const asked = [];
        page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await page.goto(at(story));
        await live(page);
        const texts = asked.filter((path) => /\/[a-z]{2}-[0-9a-f]{16}\.json$/.test(path));
        assert.equal(texts.length, 1, texts.join(' '));
      });
    });

    test('says its language and direction, on every page and after a navigation', async () => {
      const said = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir || 'ltr']);
      await withPage(NO_ICON, async (page) => {
        for (const path of pages) {
          await page.goto(at(path));
          assert.deepEqual(await said(page), [paper.language, paper.direction], path);
        }
        await page.goto(at(''));
        await live(page);
        await page.locator('.card-link').first().click();
        await page.waitForFunction(() => globalThis.datelinePages > 1);
        assert.deepEqual(await said(page), [paper.language, paper.direction], 'after a navigation');
      });
    });

    test('has nothing its script does not have: no capitals, no tracking, no italics', async () => {
      await withPage(NO_ICON, async (page) => {
        for (const path of pages) {
          await page.goto(at(path));
          const wrong = await page.evaluate((language) => {
            const own = document.querySelectorAll(`#app :lang(${language})`);
            return [...own].flatMap((element) => {
              const { letterSpacing, textTransform, fontStyle } = getComputedStyle(element);
              const plain = ['normal', '0px'].includes(letterSpacing) && textTransform === 'none' && fontStyle === 'normal';
              return plain || !element.textContent.trim() ? [] : [`${element.localName}.${element.className}: ${letterSpacing} ${textTransform} ${fontStyle}`];
            });
          }, paper.language);
          assert.deepEqual(wrong, [], path);
        }
      });
    });

    test('gives headlines the air their letters need', async () => {
      await withPage(NO_ICON, async (page) => {
        for (const path of ['', story]) {
          await page.goto(at(path));
          const tight = await page.evaluate((language) =>
            [...document.querySelectorAll('#app :is(h1, h2, h3)')]
              .filter((element) => element.matches(`:lang(${language})`))
              .map((element) => [element.textContent, getComputedStyle(element)])
              .filter(([, style]) => parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.34)
              .map(([text]) => text), paper.language);
          assert.deepEqual(tight, [], path);
        }
      });
    });

    test('keeps its own words in its own language around a story in English', async () => {
      await withPage(NO_ICON, async (page) => {
        await page.goto(at(FOREIGN));
        const own = { lang: paper.language, dir: paper.direction };
        const marks = (selector) =>
          page.locator(selector).first().evaluate((element) => {
            const lang = element.closest('[lang]').lang;
            return { lang, dir: element.matches(':dir(rtl)') ? 'rtl' : 'ltr' };
          });
        for (const selector of ['.byline', '.dates', '.credit', '#key-points', '.story-end', '.story .kicker a']) {
          assert.deepEqual(await marks(selector), own, selector);
        }
        for (const selector of ['h1', '.points li', '.body', 'figcaption span:not(.credit)']) {
          assert.deepEqual(await marks(selector), { lang: 'en', dir: 'ltr' }, selector);
        }
        assert.ok((await page.locator('.byline').textContent()).includes(paper.words.by));
        assert.equal(await page.locator('#key-points').textContent(), paper.words.points);
      });
    });

    test('says a section once above a headline', async () => {
      await withPage(NO_ICON, async (page) => {
        await page.goto(at(story));
        const words = await page.locator('.story .kicker > *').allTextContents();
        assert.equal(new Set(words).size, words.length, words.join(' '));
      });
    });

    test('lies the way it is read', async () => {
      await withPage({ ...NO_ICON, viewport: { width: 1280, height: 800 } }, async (page) => {
        await page.goto(at(''));
        const middle = async (selector) => {
          const box = await page.locator(selector).first().boundingBox();
          return box.x + box.width / 2;
        };
        const read = Math.sign((await middle('.seconds')) - (await middle('.card-lead')));
        assert.equal(read, paper.direction === 'rtl' ? -1 : 1, 'the lead comes first');
        const tools = Math.sign((await middle('.masthead-tools')) - (await middle('.masthead-title')));
        assert.equal(tools, paper.direction === 'rtl' ? -1 : 1, 'the tools come last');
        // Signs that point somewhere point the other way: the lens' handle, the way back from a note.
        const handle = await page.locator('.tool-search').evaluate((it) => getComputedStyle(it, '::after').rotate);
        assert.equal(handle, paper.direction === 'rtl' ? '-45deg' : '45deg');
        await page.goto(at(story));
        const back = await page.locator('.footnotes .back').evaluate((it) => getComputedStyle(it).scale);
        assert.equal(back, paper.direction === 'rtl' ? '-1 1' : 'none');
      });
    });

    test('gives each story that a search finds its own direction', async () => {
      await withPage(NO_ICON, async (page) => {
        await page.goto(at('search/?q=quay'));
        const found = page.locator('.results > li').first();
        await found.waitFor();
        for (const part of ['.card-headline', '.result-text']) {
          assert.equal(await found.locator(part).evaluate((it) => it.matches(':dir(ltr):lang(en)')), true, part);
        }
        const own = `:lang(${paper.language}):dir(${paper.direction})`;
        assert.equal(await found.locator('.meta').evaluate((it, selector) => it.matches(selector), own), true, 'section and date');
      });
    });

    test('names months in the archive as people do', async () => {
      await withPage(NO_ICON, async (page) => {
        await page.goto(at('archive/'));
        assert.equal(await page.locator('.months a').first().textContent(), paper.words.month);
      });
    });

    test('is accessible and needs no sideways scrolling at 360 pixels', async () => {
      for (const colorScheme of ['light', 'dark']) {
        await withPage({ ...NO_ICON, viewport: { width: 360, height: 740 }, colorScheme }, async (page) => {
          for (const path of pages) {
            await page.goto(at(path));
            if (path !== '404.html') await live(page);
            const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(sideways <= 0, `${path}: ${sideways} px too wide`);
            assert.deepEqual(await axe(page), [], `${path} (${colorScheme})`);
          }
        });
      }
    });
  });
}
