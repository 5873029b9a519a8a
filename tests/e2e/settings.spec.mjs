// Reading settings: chosen in a dialog, there before the first paint, kept on the device only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUT, axe, eventually, held, live, painted, plainly, url, withPage } from './support.mjs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const story = async () => `/article/${(await readdir(join(OUT, 'article'))).sort()[0]}/`;
const root = (page) => page.evaluate(() => ({ ...document.documentElement.dataset, size: getComputedStyle(document.documentElement).fontSize }));

test('a theme and a size are shown at once, kept, there before the first paint, and reset', () => withPage({}, async (page) => {
  await page.goto(url('/'));
  await live(page);
  const button = page.getByRole('button', { name: 'Reading settings' });
  await button.click();
  const dialog = page.getByRole('dialog', { name: 'Reading settings' });
  await dialog.getByRole('radio', { name: 'Dark' }).check();
  await dialog.getByRole('radio', { name: 'Larger', exact: true }).check();
  assert.deepEqual((({ theme, size }) => ({ theme, size }))(await root(page)), { theme: 'dark', size: '21px' });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.includes('Aa')), true, 'focus returns to the button');

  // A slow start: before any bundle has come the choice is painted already.
  await page.route(/\.wasm$/, (route) => setTimeout(() => route.continue().catch(() => {}), 1500));
  await page.goto(url(await story()), { waitUntil: 'commit' });
  await page.waitForSelector('h1');
  const early = await page.evaluate(() => ({
    live: document.documentElement.dataset.app ?? '',
    theme: document.documentElement.dataset.theme,
    paper: getComputedStyle(document.documentElement).backgroundColor,
  }));
  assert.deepEqual(early, { live: '', theme: 'dark', paper: 'rgb(15, 23, 34)' });

  await page.waitForSelector('html[data-app="live"]');
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  assert.equal((await root(page)).theme, undefined);
  assert.equal(await page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'As the device' }).isChecked(), true);
  assert.equal(await page.evaluate(() => localStorage.getItem('dateline:1:prefs')), null);
}));

test('every size and face is another one, for the whole page', () => withPage({}, async (page) => {
  await page.goto(url(await story()));
  await live(page);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  const sizes = [];
  for (const name of ['Small', 'Normal', 'Large', 'Larger']) {
    await page.getByRole('radio', { name, exact: true }).check();
    sizes.push(parseFloat((await root(page)).size));
  }
  assert.deepEqual(sizes, [...new Set(sizes)].sort((a, b) => a - b));
  const face = () => page.locator('.body p').first().evaluate((it) => getComputedStyle(it).fontFamily);
  const serif = await face();
  await page.getByRole('radio', { name: 'Sans' }).check();
  assert.notEqual(await face(), serif);
  assert.match(await face(), /^system-ui/);
}));

test('pictures wait for a tap, or for their button, where the reader wants it so', () => withPage({}, async (page) => {
  await page.goto(url('/article/three-plates-for-a-town/'));
  await live(page);
  await page.evaluate(() => localStorage.setItem('dateline:1:prefs', '{"pictures":"tap"}'));
  await page.reload();
  await page.waitForSelector('html[data-app="live"]');
  const lead = page.locator('.lead-picture');
  assert.equal(await lead.locator('img').isVisible(), false);
  const alt = await lead.locator('img').getAttribute('alt');
  const button = page.getByRole('button', { name: `Show picture: ${alt}` }).first();
  assert.deepEqual(await axe(page), []);

  // By keyboard: the button takes the focus, Enter shows the picture, the focus stays there.
  await button.focus();
  await page.keyboard.press('Enter');
  assert.equal(await lead.locator('img').isVisible(), true);
  assert.equal(await button.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.matches('.lead-picture')), true);

  // By pointer: a gallery is shown as a whole.
  const gallery = page.locator('.body figure').first();
  assert.equal(await gallery.locator('img').first().isVisible(), false);
  await gallery.click({ position: { x: 20, y: 20 } });
  for (const image of await gallery.locator('img').all()) assert.equal(await image.isVisible(), true);
  assert.deepEqual(await axe(page), []);
}));

/** The addresses of pictures that a page asked for. */
const pictures = (page) => {
  const asked = [];
  page.on('request', (request) => request.resourceType() === 'image' && asked.push(new URL(request.url()).pathname));
  return asked;
};

/** What a page asks for of pictures but the first one, which its head names before any script has a say. */
const others = (asked, first) => asked.filter((file) => /\/pictures\//.test(file) && file !== first);
const firstOf = (page) => page.evaluate(() => {
  const image = document.querySelector('img[fetchpriority]');
  return image && new URL(image.currentSrc || image.src).pathname;
});

test('no picture but the first of a page loaded is fetched before it is wanted', () => withPage({}, async (page) => {
  await page.addInitScript(() => localStorage.setItem('dateline:1:prefs', '{"pictures":"tap"}'));
  const asked = pictures(page);
  for (const path of ['/', '/archive/', '/article/three-plates-for-a-town/']) {
    asked.length = 0;
    await page.goto(url(path));
    await live(page);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState('networkidle');
    assert.deepEqual(others(asked, await firstOf(page)), [], path);
  }
  asked.length = 0;
  await page.getByRole('button', { name: /^Show picture/ }).nth(1).click();
  await eventually(() => asked.length > 0);
}));

test('a page that is turned to fetches no picture at all where they wait', () => withPage({}, async (page) => {
  await page.addInitScript(() => localStorage.setItem('dateline:1:prefs', '{"pictures":"tap"}'));
  await page.goto(url('/archive/'));
  await live(page);
  await page.waitForLoadState('networkidle');
  const asked = pictures(page);
  await page.locator('.brand, .masthead a').first().click();
  await page.waitForFunction(() => document.querySelector('.card-lead img'));
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
  assert.deepEqual(asked.filter((file) => /\/pictures\//.test(file)), []);
}));

test('a reader who saves data is taken at the word, until other is chosen', () => withPage({}, async (page) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } }));
  const asked = pictures(page);
  await page.goto(url('/article/three-plates-for-a-town/'));
  await page.keyboard.press('Shift');
  await live(page);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('.lead-picture img').isVisible(), false);
  assert.deepEqual(others(asked, await firstOf(page)), []);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  const choice = page.getByRole('group', { name: 'Pictures' });
  assert.equal(await choice.getByRole('radio', { name: 'As the device' }).isChecked(), true);
  await choice.getByRole('radio', { name: 'Always shown' }).check();
  assert.equal(await page.locator('.lead-picture img').isVisible(), true);
  await page.getByRole('button', { name: 'Reset' }).click();
  assert.equal(await page.locator('.lead-picture img').isVisible(), false);
}));

test('waiting pictures move nothing when the app starts', () => withPage({ allow: [/ERR_FAILED/] }, async (page) => {
  await page.addInitScript(() => {
    localStorage.setItem('dateline:1:prefs', '{"pictures":"tap"}');
    globalThis.shifts = [];
    new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  });
  await plainly(page);
  // The style of what the app brings comes late, on a slow line.
  await page.route('**/assets/app-*.css', async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    await route.continue();
  });
  for (const path of ['/', '/article/three-plates-for-a-town/']) {
    const come = await held(page);
    await page.goto(url(path), { waitUntil: 'load' });
    await painted(page);
    await come();
    if (path !== '/') await page.getByRole('button', { name: /^Show picture/ }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await painted(page);
    assert.deepEqual(await page.evaluate(() => globalThis.shifts.map((it) => it.value)), [], path);
  }
}));

test('the first picture is asked for before the page is read, once', () => withPage({}, async (page) => {
  const asked = pictures(page);
  await page.goto(url('/article/three-plates-for-a-town/'));
  const shown = await page.locator('.lead-picture img').evaluate((it) => new URL(it.currentSrc).pathname);
  assert.equal(asked[0], shown);
  assert.equal(asked.filter((file) => file === shown).length, 1);
  assert.equal(await page.locator('link[rel="preload"][as="image"]').count(), 1);
  assert.equal(await page.locator('.lead-picture img').evaluate((it) => it.loading), 'eager');
}));

test('pictures that are to wait from now on have their button at once', () => withPage({}, async (page) => {
  await page.goto(url('/article/three-plates-for-a-town/'));
  await live(page);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('radio', { name: 'Only when tapped' }).check();
  await page.keyboard.press('Escape');
  assert.ok(await page.getByRole('button', { name: /^Show picture/ }).count() > 0);
}));

test('no frame of a slow start shows the wrong theme', async () => {
  for (const [chosen, colorScheme, paper] of [['dark', 'light', 'rgb(15, 23, 34)'], ['light', 'dark', 'rgb(251, 248, 242)']]) {
    await withPage({ colorScheme }, async (page) => {
      await page.addInitScript((theme) => {
        localStorage.setItem('dateline:1:prefs', JSON.stringify({ theme }));
        globalThis.papers = [];
        const look = () => {
          if (document.body) globalThis.papers.push(getComputedStyle(document.documentElement).backgroundColor);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, chosen);
      // Bundles and late styles come slowly; the page itself is there at once.
      await page.route(/\/assets\//, (route) => setTimeout(() => route.continue().catch(() => {}), 800));
      await page.goto(url(await story()), { waitUntil: 'commit' });
      await page.waitForSelector('html[data-app="live"]');
      const papers = await page.evaluate(() => [globalThis.papers.length, [...new Set(globalThis.papers)]]);
      assert.ok(papers[0] > 10, `${papers[0]} frames seen`);
      assert.deepEqual(papers[1], [paper], `${chosen} on a ${colorScheme} device`);
    });
  }
});

test('the dialog is accessible in both themes, and what ends it is in sight on a small screen', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await withPage({ colorScheme, viewport: { width: 360, height: 560 } }, async (page) => {
      await page.goto(url('/'));
      await live(page);
      await page.getByRole('button', { name: 'Reading settings' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      assert.deepEqual(await axe(page), [], colorScheme);
      for (const name of ['Close', 'Reset']) {
        const button = await dialog.getByRole('button', { name }).boundingBox();
        const box = await dialog.boundingBox();
        assert.ok(button.y + button.height <= box.y + box.height, `${name} is below the dialog's edge`);
      }
    });
  }
});

test('on a screen of 320 by 256 pixels, a desk’s at 400 %, every setting comes into sight with the focus', () =>
  withPage({ viewport: { width: 320, height: 256 } }, async (page) => {
    await page.goto(url('/'));
    await live(page);
    await page.getByRole('button', { name: 'Reading settings' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reading settings' });
    await page.waitForFunction(() => document.activeElement?.closest('dialog'));
    const reached = [];
    for (let at = 0; at < 12 && !reached.includes('Reset'); at += 1) {
      const found = await page.evaluate(() => {
        const it = document.activeElement;
        const whole = (it.closest('label') ?? it).getBoundingClientRect();
        const [x, y] = [whole.x + whole.width / 2, whole.y + whole.height / 2];
        const inSight = whole.top >= 0 && whole.bottom <= innerHeight && (it.closest('label') ?? it).contains(document.elementFromPoint(x, y));
        return [it.name || it.textContent, inSight, whole.left >= 0 && whole.right <= innerWidth];
      });
      assert.deepEqual(found, [found[0], true, true]);
      reached.push(found[0]);
      await page.keyboard.press('Tab');
    }
    const groups = ['settings-theme', 'settings-size', 'settings-face', 'settings-pictures', 'settings-history'];
    assert.deepEqual(reached, [...groups, 'Close', 'Reset']);
    // Most of so small a screen is for what is chosen, not for the buttons under it.
    const [room, buttons] = await dialog.evaluate((it) => {
      it.scrollTop = 0;
      const { top, bottom } = it.getBoundingClientRect();
      return [bottom - top, Math.max(0, bottom - it.querySelector('.form-buttons').getBoundingClientRect().top)];
    });
    assert.ok(buttons < room / 5, `${buttons} of ${room} px`);
    assert.equal(await dialog.evaluate((it) => it.scrollWidth - it.clientWidth), 0);
    assert.deepEqual(await axe(page), []);
  }));
