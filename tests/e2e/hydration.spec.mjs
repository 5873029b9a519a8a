// What a reader has under their hands while the app arrives stays under their hands, and turning
// pages afterwards is what following a link is: a title, a heading, a place to come back to.
import assert from 'node:assert/strict';
import test from 'node:test';
import { kept } from './comments-support.mjs';
import { eventually, held, live, painted, plainly, until, url, withPage } from './support.mjs';

const STORY = '/article/kittiwake-crosses-to-hesk/';

/** Follows the first link to a path as a reader would, and waits for its page. */
async function follow(page, path) {
  await page.locator(`main a[href="${path}"]`).first().click();
  await page.waitForURL(url(path));
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
}

for (const path of ['/', STORY, '/category/harbour/']) {
  test(`${path} comes alive without moving, and asks for no picture twice`, async () => {
    await withPage({ viewport: { width: 412, height: 823 }, allow: [/ERR_FAILED/] }, async (page) => {
      await plainly(page);
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.addInitScript(() => {
        globalThis.moved = [];
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.moved.push(entry.value); }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(url(path), { waitUntil: 'load' });
      await live(page);
      await painted(page);
      const moved = await page.evaluate(() => globalThis.moved.reduce((sum, it) => sum + it, 0));
      assert.ok(moved < 0.005, `layout shift ${moved}`);
      const pictures = asked.filter((it) => /\.(png|jpe?g|webp|avif|svg)$/.test(it));
      assert.equal(new Set(pictures).size, pictures.length, pictures.join('\n'));
      const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
      assert.ok(paint > 0, 'the page was painted');
    });
  });
}

test('a page that is opened lays out its opening first, then what is in sight, and everything once it has loaded', async () => {
  const phone = { viewport: { width: 412, height: 823 }, allow: [/ERR_FAILED/] };
  const tall = (page) => page.evaluate(() => document.documentElement.scrollHeight);
  const late = (page) => page.evaluate(() => [
    'turning' in document.documentElement.dataset,
    getComputedStyle([...document.querySelectorAll('main .strip')].at(-1)).contentVisibility,
  ]);
  let whole;
  await withPage({ ...phone, javaScriptEnabled: false }, async (page) => {
    await plainly(page);
    await page.goto(url('/'));
    whole = (await page.locator('html').boundingBox()).height;
  });
  await withPage(phone, async (page) => {
    await plainly(page);
    // Dates that the app words anew may break a line elsewhere.
    const come = await held(page);
    let open;
    const gate = new Promise((resolve) => { open = resolve; });
    await page.route('**/*.{png,webp,svg}', async (route) => {
      await gate;
      await route.continue();
    });
    await page.addInitScript(() => {
      globalThis.turned = [];
      new MutationObserver((changes) => {
        for (const { target, oldValue } of changes) if (target.localName === 'html') globalThis.turned.push(oldValue);
      }).observe(document, { subtree: true, attributeFilter: ['data-turning'], attributeOldValue: true });
    });
    await page.goto(url('/'), { waitUntil: 'domcontentloaded' });
    await until(page, () => document.documentElement.dataset.turning === '');
    assert.deepEqual(await page.evaluate(() => globalThis.turned), [null, 'opened']);
    assert.deepEqual(await page.evaluate(() => {
      const { dataset } = document.documentElement;
      dataset.turning = 'opened';
      const strip = document.querySelector('main .strip');
      const found = [strip.getBoundingClientRect().height > 400, getComputedStyle(strip.firstElementChild).display];
      dataset.turning = '';
      return found;
    }), [true, 'none']);
    assert.deepEqual(await late(page), [true, 'auto']);
    open();
    await page.waitForLoadState('load');
    await until(page, () => !('turning' in document.documentElement.dataset));
    assert.deepEqual(await late(page), [false, 'visible']);
    assert.equal(await page.locator('[style*="content-visibility"]').count(), 0);
    assert.equal(await tall(page), Math.round(whole));
    await come();
    // Where a place has to be found, everything is there from the start.
    await page.reload({ waitUntil: 'domcontentloaded' });
    assert.deepEqual(await late(page), [false, 'visible']);
    await page.goto(url('/archive/'));
    await page.goto(url('/#main'), { waitUntil: 'domcontentloaded' });
    assert.deepEqual(await late(page), [false, 'visible']);
  });
});

test('the app starts after the first frame', async () => {
  await withPage({}, async (page) => {
    await page.addInitScript(() => {
      const { instantiateStreaming } = WebAssembly;
      let frames = 0;
      requestAnimationFrame(() => { frames = 1; });
      WebAssembly.instantiateStreaming = (...rest) => {
        globalThis.frames = frames;
        return instantiateStreaming(...rest);
      };
    });
    await page.goto(url(STORY));
    await live(page);
    assert.equal(await page.evaluate(() => globalThis.frames), 1);
  });
});

test('focus, selection, place and typed words survive the start', async () => {
  await withPage({}, async (page) => {
    const release = await held(page);
    await page.goto(url(STORY));
    const box = page.getByRole('textbox', { name: 'Comment' });
    await box.scrollIntoViewIfNeeded();
    await box.fill('Typed before anything ran');
    await box.focus();
    await page.evaluate(() => document.activeElement.setSelectionRange(6, 12));
    const state = () => page.evaluate(() => ({
      focus: document.activeElement.id, from: document.activeElement.selectionStart, to: document.activeElement.selectionEnd,
      words: document.activeElement.value, y: Math.round(scrollY),
    }));
    const before = await state();
    await release();
    assert.deepEqual(await state(), before);
  });
  await withPage({}, async (page) => {
    const release = await held(page);
    await page.goto(url(STORY));
    await page.evaluate(() => {
      const words = document.querySelector('.body p').firstChild;
      getSelection().setBaseAndExtent(words, 0, words, 9);
    });
    const chosen = () => page.evaluate(() => String(getSelection()));
    const before = await chosen();
    await release();
    assert.equal(await chosen(), before);
  });
});

const ALTERED = {
  'an extension put nodes everywhere': () => {
    for (const element of document.querySelectorAll('main, article, h1, .body p, form, [data-part]')) {
      element.prepend(Object.assign(document.createElement('span'), { textContent: '\u2063' }));
    }
  },
  'a translator wrapped every text': () => {
    const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement.closest('script, style, textarea, noscript')) continue;
      const font = document.createElement('font');
      text.replaceWith(font);
      font.append(text);
    }
  },
  'somebody stripped the comments': () => {
    const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_COMMENT);
    const all = [];
    while (walker.nextNode()) all.push(walker.currentNode);
    for (const comment of all) comment.remove();
  },
  'the navigation was removed': () => document.querySelectorAll('nav').forEach((nav) => nav.remove()),
};

for (const [name, alter] of Object.entries(ALTERED)) {
  test(`a page altered before the start keeps its text, its links and a form that works: ${name}`, async () => {
    await withPage({}, async (page) => {
      const release = await held(page);
      await page.goto(url(STORY));
      await page.evaluate(alter);
      const words = () => page.locator('.body').evaluate((body) => body.textContent.replace(/\s+/g, ' '));
      const before = await words();
      await release();
      assert.equal(await words(), before);
      assert.equal(await page.locator('textarea').count(), 1);
      await page.getByRole('textbox', { name: 'Comment' }).fill('It still works');
      await kept(page, 'It still works');
      const link = page.locator('main a.card-link').first();
      const headline = (await link.innerText()).replace('\u2063', '').trim();
      await link.click();
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      assert.equal((await page.locator('h1').innerText()).trim(), headline);
      assert.equal(await page.locator('h1').count(), 1);
    });
  });
}

test('a page translated after the start leaves nothing behind when it is left', async () => {
  await withPage({}, async (page) => {
    await page.goto(url(STORY));
    await live(page);
    await page.evaluate(ALTERED['a translator wrapped every text']);
    const old = (await page.locator('h1').innerText()).trim();
    await page.locator('main a.card-link').first().click();
    await page.waitForFunction((before) => document.querySelector('h1').textContent.trim() !== before, old);
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.locator('#app main').count(), 1);
    assert.ok(!(await page.locator('h1').innerText()).includes(old));
  });
});

test('a new page has its title and the focus on its heading, and is what a reload gives', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/category/harbour/'));
    await live(page);
    await page.evaluate(() => { globalThis.sameDocument = true; });
    await follow(page, STORY);
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true, 'no page load');
    const shown = async () => ({
      title: await page.title(),
      canonical: await page.locator('link[rel=canonical]').getAttribute('href'),
      words: await page.locator('.body').evaluate((body) => body.textContent.replace(/\s+/g, ' ')),
      headline: await page.locator('h1').innerText(),
    });
    const turned = await shown();
    await page.reload();
    await live(page);
    assert.deepEqual(await shown(), turned);
  });
});

test('going back restores the place and the link one left from', async () => {
  await withPage({ viewport: { width: 412, height: 823 } }, async (page) => {
    await page.goto(url('/'));
    await live(page);
    const link = page.locator('main a.card-link').nth(12);
    await link.scrollIntoViewIfNeeded();
    const [href, y] = [await link.getAttribute('href'), await page.evaluate(() => Math.round(scrollY))];
    assert.ok(y > 0);
    await link.click();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.goBack();
    await page.waitForFunction((path) => document.activeElement?.getAttribute('href') === path, href);
    await eventually(async () => Math.abs((await page.evaluate(() => scrollY)) - y) < 2);
    await page.goForward();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  });
});

/** Path and fragment of the address, and the headline under it. */
const shown = (page) => page.evaluate(() => [location.pathname + location.hash, document.querySelector('main h1').textContent.trim()]);
const at = (page, y) => eventually(async () => Math.abs((await page.evaluate(() => scrollY)) - y) < 2);

test('Back to a place within a page shows that page, and Back from it the place before', async () => {
  await withPage({}, async (page) => {
    await page.goto(url(STORY));
    await live(page);
    const before = await shown(page);
    await page.evaluate(() => scrollTo(0, 400));
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { id: 'jump', href: '#comments-here', textContent: 'Jump' });
      document.querySelector('.body p').append(link);
      document.querySelector('.body').lastElementChild.id = 'comments-here';
      link.click();
    });
    await eventually(() => page.evaluate(() => scrollY > 400));
    await page.locator('main a.card-link').first().click();
    await page.waitForFunction((path) => location.pathname !== path && document.activeElement?.tagName === 'H1', STORY);
    await page.goBack();
    await eventually(async () => (await shown(page)).join() === [`${STORY}#comments-here`, before[1]].join());
    await page.goBack();
    await at(page, 400);
    assert.deepEqual(await shown(page), before);
    await until(page, () => document.activeElement.id === 'jump');
  });
});

test('a place survives a reload, on this entry of history and on those before it', async () => {
  // A bare document of the host has no icon.
  await withPage({ viewport: { width: 412, height: 823 }, allow: [/favicon/] }, async (page) => {
    await page.goto(url('/'));
    await live(page);
    await page.evaluate(() => scrollTo(0, 1500));
    await page.evaluate(() => document.querySelectorAll('main a.card-link')[4].click());
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.evaluate(() => scrollTo(0, 700));
    await page.reload();
    await live(page);
    await at(page, 700);
    await page.goBack();
    await at(page, 1500);
    // Another document comes between.
    await page.goto(url('/feed.json'));
    await page.goBack();
    await at(page, 1500);
    await live(page);
    await at(page, 1500);
  });
});

test('a link to the page itself makes no entry of history', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/'));
    await live(page);
    const entries = await page.evaluate(() => history.length);
    await page.locator('header a[href="/"]').first().click();
    await until(page, () => globalThis.datelinePages === 2);
    assert.equal(await page.evaluate(() => history.length), entries);
  });
});

test('a story whose comments were never near is let go when it is left for good', async () => {
  await withPage({}, async (page) => {
    await page.addInitScript(() => {
      globalThis.watched = 0;
      const { observe, disconnect } = IntersectionObserver.prototype;
      const own = new Set();
      IntersectionObserver.prototype.observe = function watch(element) {
        if (element.matches('[data-part=comments]')) globalThis.watched = own.add(this).size;
        return observe.call(this, element);
      };
      IntersectionObserver.prototype.disconnect = function rest() {
        own.delete(this);
        globalThis.watched = own.size;
        return disconnect.call(this);
      };
    });
    await page.goto(url(STORY));
    await live(page);
    assert.equal(await page.evaluate(() => globalThis.watched), 1);
    await page.evaluate(() => document.querySelector('header a[href="/"]').click());
    await until(page, () => globalThis.datelinePages === 2);
    assert.equal(await page.evaluate(() => globalThis.watched), 0);
  });
});

test('the last of two impatient clicks wins', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/category/harbour/'));
    await live(page);
    const [slow, quick] = await page.locator('main a.card-link').evaluateAll((links) => links.slice(0, 2).map((link) => link.getAttribute('href')));
    let let_go;
    const gate = new Promise((resolve) => { let_go = resolve; });
    await page.route(`**${slow}`, async (route) => {
      await gate;
      await route.continue().catch(() => {});
    });
    await page.locator(`main a[href="${slow}"]`).first().click();
    await page.locator(`main a[href="${quick}"]`).first().click();
    await page.waitForURL(url(quick));
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    const headline = await page.locator('h1').innerText();
    let_go();
    await page.evaluate(() => fetch('/robots.txt').then((answer) => answer.text()));
    assert.equal(await page.locator('h1').innerText(), headline);
    assert.equal(page.url(), url(quick));
  });
});

test('at most six pages are fetched ahead', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/'));
    await live(page);
    const asked = new Set();
    page.on('request', (request) => { if (/\/article\/[^/]+\/$/.test(request.url())) asked.add(request.url()); });
    const links = page.locator('main a.card-link');
    for (let n = 0; n < 12; n += 1) await links.nth(n).focus();
    await eventually(() => asked.size === 6);
    await page.evaluate(() => fetch('/robots.txt').then((answer) => answer.text()));
    assert.equal(asked.size, 6);
  });
});

test('on a touch screen the first stories in sight are fetched ahead, a screen at a time and six at most', async () => {
  await withPage({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, async (page) => {
    const asked = [];
    page.on('request', (request) => { if (/\/article\/[^/]+\/$/.test(request.url())) asked.push(new URL(request.url()).pathname); });
    await page.goto(url('/'));
    await live(page);
    const lead = await page.locator('main a.card-link').first().getAttribute('href');
    await eventually(() => asked.length > 0);
    assert.equal(asked[0], lead);
    assert.ok(asked.length <= 2, String(asked));
    for (let screen = 0; screen < 8; screen += 1) {
      const before = asked.length;
      await page.evaluate(() => scrollBy(0, innerHeight));
      if (before < 6) await eventually(() => asked.length > before || screen > 5);
    }
    assert.ok(asked.length <= 6 && new Set(asked).size === asked.length, String(asked));
    // What is there is shown without another question.
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator('main a.card-link').first().tap();
    await page.locator('article h1').waitFor();
    assert.equal(asked.filter((path) => path === lead).length, 1);
  });
});

test('who saves data gets no app until something is pressed, and no page ahead', async () => {
  await withPage({}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } }));
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url('/'), { waitUntil: 'networkidle' });
    assert.deepEqual(asked.filter((it) => /\.wasm$/.test(it)), []);
    await page.keyboard.press('Tab');
    await live(page);
    asked.length = 0;
    const link = page.locator('main a.card-link').first();
    await link.hover();
    await link.focus();
    await page.evaluate(() => fetch('/robots.txt').then((answer) => answer.text()));
    assert.deepEqual(asked.filter((it) => /\/article\//.test(it)), []);
    await link.click();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  });
});

test('one page costs its own file, whatever the size of the archive', async () => {
  await withPage({}, async (page) => {
    await page.goto(url(STORY));
    await live(page);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url())));
    await page.locator(`main a.card-link`).first().click();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    const data = asked.filter(({ pathname }) => /\.json$/.test(pathname) && !/latest\.json$|\/assets\//.test(pathname));
    assert.deepEqual(data.map(String), []);
    assert.equal(asked.filter(({ pathname }) => pathname.endsWith('/')).length, 1);
  });
});
