// Every kind of page by keyboard alone, as WCAG 2.2 asks for (2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7,
// 2.4.11) and axe cannot tell; and stillness for readers who asked for it (2.2.2, 2.3.3).
import assert from 'node:assert/strict';
import test from 'node:test';
import { live, painted, templates, until, url, withPage } from './support.mjs';

const STORY = '/article/kittiwake-crosses-to-hesk/';

/** What can be used on the page now; marked, so that each is known again. */
const usable = () => {
  const wanted = 'a[href],button:not(:disabled),input:not([type=hidden]),select,textarea,summary,audio[controls],video[controls],[tabindex="0"]';
  const found = [...document.querySelectorAll(wanted)].filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'),
  );
  // One of a group of radio buttons stands for all: arrows lead to the others.
  const groups = new Set();
  return found
    .filter(({ type, name, checked }) => {
      if (type !== 'radio') return true;
      if (groups.has(name) || (!checked && document.querySelector(`[name="${name}"]:checked`))) return false;
      return groups.add(name);
    })
    .map((element) => (globalThis.nameOf ??= (it) => it.getAttribute('aria-label') || it.textContent.trim().slice(0, 40) || it.name || it.localName)(element) + (element.dataset.met ? '' : ' (never met)'));
};

/** Where the focus is after a Tab, whether it is seen there, and whether it goes on down the page. */
const stop = () => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement || element.dataset.met) return null;
  element.dataset.met = 'yes';
  const marked = (it, pseudo) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(it, pseudo);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  // What of it is in the window: browsers move no further once a part is.
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
  const top = document.elementFromPoint(x, y);
  const last = globalThis.lastMet;
  globalThis.lastMet = element;
  return {
    what: element.getAttribute('aria-label') || element.textContent.trim().slice(0, 40) || element.name || element.localName,
    marked: marked(element) || marked(element, '::after'),
    uncovered: Boolean(top && (element.contains(top) || top.contains(element))),
    onward: !last || Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
};

for (const [name, path] of await templates()) {
  for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 800 }]) {
    test(`${name} at ${viewport.width} pixels: Tab meets everything in the page's order, in sight, and ends`, () =>
      withPage({ viewport }, async (page) => {
        let stops;
        let missed;
        // A part that came alive behind the focus was not there yet: the next walk meets it.
        for (let walks = 0; walks < 3 && (!missed || missed.length > 0); walks += 1) {
          await page.goto(url(path));
          await live(page);
          await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
          await until(page, () => !document.querySelector('[data-part] button:disabled'));
          await page.evaluate(() => scrollTo(0, 0));
          stops = [];
          for (let presses = 0; presses < 500; presses += 1) {
            await page.keyboard.press('Tab');
            await painted(page);
            const met = await page.evaluate(stop);
            if (!met) break;
            stops.push(met);
          }
          missed = (await page.evaluate(usable)).filter((it) => it.endsWith('(never met)'));
        }
        assert.ok(stops.length > 5 && stops.length < 499, `${stops.length} stops`);
        assert.deepEqual(stops.filter((it) => !(it.marked && it.uncovered && it.onward)), []);
        assert.deepEqual(missed, []);
      }));
  }

  test(`${name}: nothing moves for a reader who wants no motion, and nothing plays by itself`, () =>
    withPage({ reducedMotion: 'reduce' }, async (page) => {
      await page.goto(url(path));
      await live(page);
      const moving = await page.evaluate(() => {
        const long = (list) => list.split(',').some((time) => parseFloat(time) > 0.01);
        const moves = (element) => {
          const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element);
          return long(transitionDuration) || (animationName !== 'none' && long(animationDuration)) || scrollBehavior === 'smooth';
        };
        const plays = [...document.querySelectorAll('[autoplay], marquee, blink, meta[http-equiv=refresh]')];
        return [...[...document.querySelectorAll('*')].filter(moves), ...plays].map((it) => `${it.localName}.${it.className}`);
      });
      assert.deepEqual(moving, []);
    }));
}

test('the first Tab offers to skip to the content, and so it does, after a page was turned too', () =>
  withPage({}, async (page) => {
    const skip = async () => {
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'the next stop is in the content');
    };
    await page.goto(url('/category/harbour/'));
    await live(page);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Skip to content');
    assert.ok(await page.evaluate(() => {
      const { top, left, bottom } = document.activeElement.getBoundingClientRect();
      return top >= 0 && left >= 0 && bottom <= innerHeight;
    }), 'it is in sight');
    await skip();

    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
    await live(page);
    // Back from the headline to the start of the page.
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Shift+Tab');
      if (await page.evaluate(() => document.activeElement.matches('.skip'))) break;
    }
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Skip to content');
    await skip();
  }));

test('a page that is turned to is told once: by its headline, which has the focus, and by no live region', () =>
  withPage({}, async (page) => {
    await page.goto(url('/category/harbour/'));
    await live(page);
    await page.evaluate(() => {
      globalThis.spoken = [];
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target.parentElement ?? target).closest?.('[aria-live], [role=status], [role=alert]');
          if (region?.textContent.trim()) globalThis.spoken.push(region.textContent.trim());
        }
      }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    });
    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
    await page.waitForFunction(() => globalThis.datelinePages > 1);
    const headline = await page.locator('article h1').innerText();
    assert.equal(await page.evaluate(() => document.activeElement.innerText), headline);
    assert.ok((await page.title()).startsWith(headline));
    assert.deepEqual((await page.evaluate(() => globalThis.spoken)).filter((text) => text.includes(headline)), []);
  }));

test('the menu and the settings give the focus back to what opened them', () =>
  withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(url(STORY));
    await live(page);
    for (const opens of ['details.menu > summary', '.masthead-tools button']) {
      const opener = page.locator(opens).first();
      await opener.focus();
      await page.keyboard.press('Enter');
      await until(page, () => document.querySelector('details.menu[open], dialog[open]') !== null);
      await page.keyboard.press('Escape');
      await until(page, () => document.querySelector('details.menu[open], dialog[open]') === null);
      assert.ok(await opener.evaluate((element) => element === document.activeElement), opens);
    }
  }));
