// The newspaper's behaviour: what stands where, what it is called, and what works without the app.
import assert from 'node:assert/strict';
import test from 'node:test';
import { live, url, withPage } from './support.mjs';

const STORY = '/article/kittiwake-crosses-to-hesk/';
const plain = { javaScriptEnabled: false };

test('no story stands on the front page twice', async () => {
  await withPage(plain, async (page) => {
    await page.goto(url('/'));
    const links = await page.locator('main .card-link').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(links.length > 12);
    assert.equal(new Set(links).size, links.length);
  });
});

test('no page scrolls sideways from 320 to 1920 pixels', async () => {
  for (const width of [320, 360, 768, 1280, 1920]) {
    await withPage({ ...plain, viewport: { width, height: 800 } }, async (page) => {
      for (const path of ['/', STORY, '/category/harbour/']) {
        await page.goto(url(path));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} at ${width}: ${over} px too wide`);
      }
    });
  }
});

test('the menu of a phone opens without the app and lists every section', async () => {
  await withPage({ ...plain, viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(url('/'));
    await page.locator('.menu summary').click();
    const menu = page.getByRole('navigation', { name: 'Menu' });
    const names = await page.getByRole('navigation', { name: 'Sections' }).getByRole('link').allInnerTexts();
    for (const name of names) assert.ok(await menu.getByRole('link', { name, exact: true }).isVisible(), name);
  });
});

test('a related card has one tab stop, and its "Read more" carries the headline', async () => {
  await withPage(plain, async (page) => {
    await page.goto(url(STORY));
    const related = page.getByRole('complementary', { name: 'Related posts' });
    const headlines = await related.getByRole('heading', { level: 3 }).allInnerTexts();
    assert.ok(headlines.length > 0 && headlines.length <= 4);
    for (const headline of headlines) {
      const more = related.getByRole('link', { name: `Read more: ${headline}`, exact: true });
      assert.equal(await more.getAttribute('tabindex'), '-1');
    }
    assert.equal(await related.locator('.card a:not([tabindex="-1"])').count(), headlines.length);
  });
});

test('the newsletter stands between two paragraphs of a long story, behind a link that skips it', async () => {
  await withPage(plain, async (page) => {
    await page.goto(url(STORY));
    const around = await page.locator('.body .newsletter').evaluate((box) => [
      box.previousElementSibling.previousElementSibling.tagName,
      box.nextElementSibling.nextElementSibling.tagName,
    ]);
    assert.deepEqual(around, ['P', 'P']);
    const skip = page.getByRole('link', { name: 'Skip newsletter' });
    assert.equal(await page.locator(await skip.getAttribute('href')).count(), 1);
  });
});

test('an old story says its age', async () => {
  await withPage(plain, async (page) => {
    await page.goto(url('/article/openai-leaves-rivals-move-in/'));
    assert.match(await page.locator('.age').innerText(), /years? old/);
  });
});

const alive = (path, options, act) =>
  withPage(options, async (page) => {
    await page.goto(url(path));
    await live(page);
    await act(page);
  });

test('Escape closes the menu and gives its button the focus back', () =>
  alive('/', { viewport: { width: 360, height: 740 } }, async (page) => {
    await page.locator('.menu summary').click();
    await page.getByRole('navigation', { name: 'Menu' }).getByRole('link').first().focus();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.menu').getAttribute('open'), null);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  }));

test('the newsletter checks an address in place and keeps what was typed', () =>
  alive(STORY, {}, async (page) => {
    const form = page.locator('.newsletter-form').first();
    const field = form.getByRole('textbox');
    await field.fill('ada@nowhere');
    await form.getByRole('button').click();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.notEqual(await form.getByRole('alert').innerText(), '');
    assert.equal(await page.evaluate(() => document.activeElement.type), 'email');
    await field.fill('ada@example.org');
    assert.equal(await field.getAttribute('aria-invalid'), null);
  }));

test('share copies the link and says so for a while where there is no share sheet', async () => {
  await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.clock.install();
    await page.goto(url(STORY));
    await page.clock.runFor(3000);
    await live(page);
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };
    });
    await page.getByRole('button', { name: 'Copy link' }).click();
    const said = page.locator('.share-said');
    await page.clock.runFor(100);
    assert.equal(await said.innerText(), 'Link copied');
    assert.match(await page.evaluate(() => globalThis.copied), /kittiwake-crosses-to-hesk\/$/);
    await page.clock.runFor(3500);
    assert.equal(await said.innerText(), '');
  });
});

test('"Worth reading" comes once at the end of the text, goes with Escape, and takes no focus', () =>
  // Low enough that the newsletter's form in the text is out of view: no offer stands beside one.
  alive(STORY, { viewport: { width: 1280, height: 480 } }, async (page) => {
    const offer = page.getByRole('complementary', { name: 'Worth reading' });
    assert.equal(await offer.count(), 0);
    await page.locator('#end-of-body').evaluate((end) => {
      scrollTo(0, scrollY + end.getBoundingClientRect().top - innerHeight + 40);
    });
    await offer.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    const after = await page.evaluate(() =>
      Boolean(document.querySelector('main').compareDocumentPosition(document.querySelector('.worth-reading')) & 4));
    assert.ok(after, 'it stands after main in the document');
    await page.keyboard.press('Escape');
    await offer.waitFor({ state: 'detached' });
    await page.reload();
    await live(page);
    await page.locator('#end-of-body').scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 200);
    assert.equal(await offer.count(), 0, 'once a visit');
  }));

test('dates are relative within a week, absolute after, with the full date in the title', () =>
  alive(STORY, {}, async (page) => {
    const time = page.locator('.dates time').first();
    assert.match(await time.getAttribute('title'), /\d{4}/);
    const [text, at] = await time.evaluate((time) => [time.innerText, Date.parse(time.dateTime)]);
    const days = (Date.now() - at) / 864e5;
    assert.equal(/ago|yesterday|now/.test(text), days < 7, `${text}, ${days} days old`);
  }));

test('paper gets the story and nothing around it', async () => {
  await withPage(plain, async (page) => {
    await page.goto(url(STORY));
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.sections', '.related', '.reply', '.newsletter', '.share']) {
      const first = page.locator(gone).first();
      if (await first.count()) assert.equal(await first.isVisible(), false, gone);
    }
    assert.ok(await page.locator('.body p').first().isVisible());
  });
});
