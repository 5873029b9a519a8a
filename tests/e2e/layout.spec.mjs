// What a story's parts do to the page around them, and the page to them: nothing is wider than the
// screen, lists stay beside pictures, code is read from the left, paper gets what paper can show.
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { ARGS, live, serveDir, withPage } from './support.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILLER = `<p>${'The tide tables were read aloud at the quay again this morning. '.repeat(12)}</p>`;
const LONG = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';
const QUOTE = '<figure class="wp-block-pullquote"><blockquote><p>We never sleep when the water is up.</p><cite>Ada</cite></blockquote></figure>';
const figure = (name) => `<figure class="wp-block-image ${name}"><img src="/pictures/quay.png" width="900" height="600" alt="The quay"><figcaption>The quay.</figcaption></figure>`;
const CALLOUT = `<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div><div class="kg-callout-text">${LONG} ${LONG}</div></div>`;
const NOTE = '<p>A claim<sup><a id="r1" href="#n1">1</a></sup>, and <a href="https://a.example/long">a link</a>.</p>';
const NOTES = '<ol class="wp-block-footnotes"><li id="n1">Whose claim it is. <a href="#r1">↩</a></li></ol>';
const CODE = '<pre><code>close("gate");</code></pre><p>العربية <code>ring(1);</code></p>';
const TABLE = `<table><tr>${'<th>A long heading of a column</th>'.repeat(9)}</tr><tr>${'<td>4.25</td>'.repeat(9)}</tr></table>`;
const FILM = '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="A film"></iframe>';

const STORIES = {
  full: { content_html: FILLER + figure('alignfull') + FILLER },
  out: { content_html: FILLER + figure('alignwide') + FILLER + QUOTE + FILLER + CALLOUT + FILLER },
  list: { content_html: `${figure('alignleft')}<ul><li>One thing of the list</li><li>Another</li></ul>${FILLER}` },
  long: { language: 'de', title: LONG, content_html: `<p>${LONG} <span lang="en">a word</span></p>` },
  code: { language: 'ar', title: 'الرمز', content_html: CODE },
  paper: {
    content_html: `${NOTE}${FILLER}${TABLE}${FILM}${figure('alignwide')}<details><summary>More</summary><p>Folded words.</p></details>${FILLER}${NOTES}`,
  },
};

let folder;
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-layout-'));
  await mkdir(join(folder, 'pictures'));
  await copyFile(join(ROOT, 'public/pictures/crane.png'), join(folder, 'pictures/quay.png'));
  await writeFile(join(folder, 'site.json'), JSON.stringify({
    title: 'The Post', url: 'https://post.example', language: 'en-GB', source: { kind: 'jsonfeed', url: 'feed.json' },
  }));
  const items = Object.entries(STORIES).map(([id, item]) => ({
    id, url: `https://post.example/article/${id}/`, title: `The story called ${id}`, date_published: '2026-11-23T08:00:00Z',
    authors: [{ name: 'Ada Lund' }, { name: 'Bo Marsh' }, { name: 'Cy Quill' }], ...item,
  }));
  await writeFile(join(folder, 'feed.json'), JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'The Post', items }));
  const program = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
  const app = process.env.DATELINE_APP ?? join(ROOT, 'target/app');
  const out = join(folder, 'out');
  execFileSync(program, ['prerender', '--app', app, '--site', join(folder, 'site.json'), '--out', out], { stdio: 'pipe' });
  server = await serveDir(out);
});

after(async () => {
  server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const open = (name, options, fn) => withPage({ allow: [/favicon\.ico/], ...options }, async (page) => {
  await page.goto(`${server.url}article/${name}/`);
  if (options.javaScriptEnabled !== false) await live(page);
  await fn(page);
});

const sideways = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
});

test('a picture over the full width fills the page and scrolls nothing sideways, where scrollbars take room', async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS, ignoreDefaultArgs: ['--hide-scrollbars'],
  });
  try {
    for (const width of [360, 1280, 1920]) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.goto(`${server.url}article/full/`);
      const [room, scrolled, left, right] = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        const box = document.querySelector('.body .full').getBoundingClientRect();
        return [clientWidth, scrollWidth, box.left, box.right];
      });
      assert.ok(room < width, `at ${width} the scrollbar takes room`);
      assert.equal(scrolled, room, `at ${width}`);
      assert.ok(left <= 0 && right >= room, `at ${width}: from ${left} to ${right} of ${room}`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});

test('wide pictures, quotes and call-outs with long words stay within the page, whatever the letters’ size', async () => {
  for (const width of [320, 360, 600, 992, 1100, 1280]) {
    await open('out', { viewport: { width, height: 800 } }, async (page) => {
      for (const letters of ['100%', '131.25%', '200%']) {
        await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, letters);
        assert.equal(await sideways(page), 0, `at ${width} with ${letters}`);
        const over = await page.locator('.body :is(.wide, .pull-quote, .callout > div)').evaluateAll((all) =>
          all.filter((it) => it.scrollWidth > it.clientWidth || it.getBoundingClientRect().left < 0).map((it) => it.className));
        assert.deepEqual(over, [], `at ${width} with ${letters}`);
      }
    });
  }
  await open('out', { viewport: { width: 1280, height: 800 } }, async (page) => {
    const box = (selector) => page.locator(selector).first().evaluate((it) => it.getBoundingClientRect().right);
    for (const out of ['.body .wide', '.body .pull-quote']) {
      assert.equal((await box(out)) - (await box('.body > p')), 144, `${out} leaves the measure where there is room`);
    }
  });
});

test('a list beside a picture keeps the room for its bullets', () => open('list', { viewport: { width: 1280, height: 800 } }, async (page) => {
  const [picture, list, words] = await page.evaluate(() => {
    const words = document.createRange();
    words.selectNodeContents(document.querySelector('.body ul > li'));
    return [document.querySelector('.body .start'), document.querySelector('.body ul'), words].map((it) => it.getBoundingClientRect());
  });
  assert.ok(list.top < picture.bottom && list.left > picture.right, 'it stands beside the picture');
  assert.ok(words.left - picture.right > 40, `its words begin ${words.left - picture.right} px after it`);
}));

test('a comma stays on its name’s line, however narrow the byline', () => open('list', { viewport: { width: 320, height: 800 } }, async (page) => {
  const alone = await page.evaluate(() => {
    const line = document.querySelector('.byline');
    const comma = [...line.childNodes].find((it) => it.nodeType === Node.TEXT_NODE && it.data.startsWith(','));
    const sign = document.createRange();
    sign.setStart(comma, 0);
    sign.setEnd(comma, 1);
    const found = [];
    for (let width = 60; width < 200; width += 1) {
      line.style.inlineSize = `${width}px`;
      const name = [...comma.previousElementSibling.getClientRects()].at(-1);
      if (Math.abs(sign.getBoundingClientRect().bottom - name.bottom) > 8) found.push(width);
    }
    return found;
  });
  assert.deepEqual(alone, []);
}));

test('a story in German is hyphenated; what the site says around it, and foreign words in it, are not', () =>
  open('long', { viewport: { width: 360, height: 740 } }, async (page) => {
    const hyphens = (selector) => page.locator(selector).first().evaluate((it) => getComputedStyle(it).hyphens);
    for (const own of ['h1', '.body > p']) assert.equal(await hyphens(own), 'auto', own);
    for (const other of ['.byline', '.dates', '.body [lang="en"]', '.footer']) assert.equal(await hyphens(other), 'manual', other);
    assert.equal(await sideways(page), 0);
  }));

test('code within Arabic text is read from the left', () => open('code', { viewport: { width: 360, height: 640 } }, async (page) => {
  const turned = await page.locator('.body code').evaluateAll((all) => all.filter((code) => {
    const at = (index) => {
      const sign = document.createRange();
      sign.setStart(code.firstChild, index);
      sign.setEnd(code.firstChild, index + 1);
      return sign.getBoundingClientRect().left;
    };
    return at(0) >= at(code.textContent.trimEnd().length - 1);
  }).map((code) => code.textContent));
  assert.equal(await page.locator('.body').evaluate((it) => getComputedStyle(it).direction), 'rtl');
  assert.equal(await page.locator('.body code').count(), 2);
  assert.deepEqual(turned, []);
}));

test('paper gets every column, note and folded word; no button, no way back, no darkness, and the story alone', async () => {
  // As wide as the text of a printed page.
  await open('paper', { viewport: { width: 680, height: 960 }, colorScheme: 'dark' }, async (page) => {
    const shown = (selector) => page.locator(selector).first().isVisible();
    for (const part of ['.embed-card button', '.back', '.reply']) assert.equal(await shown(part), true, `${part} on the screen`);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.embed-card button', '.back', '.reply', '.masthead-tools', '.share', '.related']) assert.equal(await shown(part), false, part);
    for (const part of ['h1', '.byline', '.footnotes li', '.body details p', '.embed-card a']) assert.equal(await shown(part), true, part);
    const found = await page.evaluate(() => {
      const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
      const [body, wide] = ['.body', '.body .wide'].map((it) => document.querySelector(it).getBoundingClientRect().width);
      return {
        paper: style('html').backgroundColor,
        ink: style('.body p').color,
        table: style('.table-scroll').overflowX,
        address: style('.body a[href^="http"]', '::after').content,
        picture: style('.body figure > a', '::after').content,
        wide: wide === body,
        whole: ['.body tr', '.body figure', '.footnotes li', '.footer'].map((it) => style(it).breakInside),
      };
    });
    assert.deepEqual(found, {
      paper: 'rgb(255, 255, 255)', ink: 'rgb(22, 24, 29)', table: 'visible', address: '" (https://a.example/long)"', picture: 'none',
      wide: true, whole: ['avoid', 'avoid', 'avoid', 'avoid'],
    });
  });
});

test('paper keeps a front page’s columns, and no card is cut by a page’s edge', async () => {
  await withPage({ allow: [/favicon\.ico/], viewport: { width: 680, height: 960 } }, async (page) => {
    await page.goto(server.url);
    await live(page);
    await page.emulateMedia({ media: 'print' });
    const [columns, cut, all] = await page.evaluate(() => [
      getComputedStyle(document.querySelector('.strip-cards, .seconds')).gridTemplateColumns.split(' ').length,
      [...document.querySelectorAll('.card')].filter((it) => getComputedStyle(it).breakInside !== 'avoid').length,
      [...document.querySelectorAll('.strip-all, .read-more, .keep')].filter((it) => it.checkVisibility()).length,
    ]);
    assert.deepEqual([columns, cut, all], [2, 0, 0]);
  });
});
