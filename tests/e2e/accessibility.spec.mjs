// axe finds nothing on any kind of page, in light, in dark and in a reader's own few colours, once
// the app has started; and no kind of page loses anything on a narrow screen, at twice the size of
// text, or with the spacing between letters, words and lines that WCAG 1.4.12 lets a reader set.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, live, templates, url, withPage } from './support.mjs';

/** How much wider the page is than its screen, and what text its own box cuts off. */
const lost = () => {
  const { clientWidth, scrollWidth } = document.documentElement;
  // Text for screen readers alone stands in a box of one pixel: that is no text a reader loses.
  const cut = [...document.querySelectorAll('body *')].filter((element) => {
    const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(element);
    // A teaser that ends after two lines goes on in its story.
    if (webkitLineClamp !== 'none') return false;
    const { clientWidth: width, clientHeight: height } = element;
    if (width <= 1 || height <= 1 || !element.textContent.trim()) return false;
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (
      (hides(overflowX) && element.scrollWidth > width + 1) ||
      (hides(overflowY) && element.scrollHeight > height + 1)
    );
  });
  return {
    sideways: Math.max(0, scrollWidth - clientWidth),
    cut: cut.map((element) => `${element.className || element.localName}: ${element.textContent.trim().slice(0, 60)}`),
  };
};

/** Words of so many letters at most that stand on more than one line: in a column of a letter a line all do. */
const broken = (letters) => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { parentElement: parent } = text;
    if (!parent.checkVisibility() || parent.closest('noscript, pre, code') || parent.getBoundingClientRect().height <= 1) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (word.length > letters || /\p{Script=Arabic}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(word)) continue;
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
      if (lines.size > 1) found.push(`${parent.className || parent.localName}: ${word}`);
    }
  }
  return found;
};

/** A reader's own style sheet; adopted, because the site's policy keeps foreign inline styles out. */
const readersStyle = (css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

const LARGE = ':root { font-size: 200% !important }';
const SPACING = `* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }
  p { margin-block-end: 2em !important }`;

for (const [name, path] of await templates()) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name}, ${colorScheme}: no violations`, async () => {
      await withPage({ colorScheme }, async (page) => {
        await page.goto(url(path));
        await live(page);
        assert.deepEqual(await axe(page), []);
      });
    });
  }

  test(`${name}: nothing sticks out sideways at 320 pixels`, async () => {
    await withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
      await page.goto(url(path));
      const [shown, scrolled] = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        return [clientWidth, scrollWidth];
      });
      assert.ok(scrolled <= shown, `the page is ${scrolled} wide on a screen of ${shown}`);
      const [title, tools] = await page.evaluate(() => [
        document.querySelector('.masthead-title a').getBoundingClientRect().right,
        document.querySelector('.masthead-tools').getBoundingClientRect().left,
      ]);
      assert.ok(title <= tools, `the title ends at ${title}, below the tools from ${tools} on`);
    });
  });

  // The browser paints the reader's own pair of colours then; axe reads the text's fill, which is
  // still the site's in the computed style, so contrast is the one rule that it cannot judge here.
  test(`${name}, forced colours: no violations`, async () => {
    await withPage({ forcedColors: 'active' }, async (page) => {
      await page.goto(url(path));
      await live(page);
      const rules = { 'target-size': { enabled: true }, 'color-contrast': { enabled: false } };
      assert.deepEqual(await axe(page, { rules }), []);
    });
  });

  for (const [what, css, width, letters] of [
    ['twice the size of text', LARGE, 1280, 12],
    ['twice the size of text on a phone', LARGE, 360, 9],
    ['a reader\'s own text spacing', SPACING, 1280, 12],
    ['all as it is on a small window', '', 900, 12],
  ]) {
    test(`${name}: nothing is lost with ${what}, and no word broken`, async () => {
      await withPage({ viewport: { width, height: 800 } }, async (page) => {
        await page.goto(url(path));
        await page.evaluate(readersStyle, css);
        assert.deepEqual(await page.evaluate(lost), { sideways: 0, cut: [] });
        assert.deepEqual(await page.evaluate(broken, letters), []);
      });
    });
  }

  test(`${name}: with twice the size of text a phone's menu leads to every section`, async () => {
    await withPage({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false }, async (page) => {
      await page.goto(url(path));
      await page.evaluate(readersStyle, LARGE);
      await page.locator('.menu summary').click();
      const links = page.getByRole('navigation', { name: 'Menu' }).getByRole('link');
      assert.ok(await links.count() > 3);
      for (const link of await links.all()) {
        await link.scrollIntoViewIfNeeded();
        const { x, width } = await link.boundingBox();
        assert.ok(x >= 0 && x + width <= 360, `${await link.innerText()}: from ${x}, ${width} wide`);
        await link.click({ trial: true });
      }
    });
  });
}
