// The comment form's words: when they are stored, whom they answer, what is said aloud, how drafts are handled later.
import assert from 'node:assert/strict';
import test from 'node:test';
import { APPROVED, comment, fillIn, kept, near, posting, stored } from './comments-support.mjs';
import { eventually, live, until } from './support.mjs';

const reply = (page, name) => page.getByRole('form', { name: `Reply to ${name}` });
const words = (form) => form.getByRole('textbox', { name: 'Comment', exact: true });
const two = [
  { id: 1, author: 'Ann Bell', published: '2026-11-20T08:00:00Z', html: '<p>First</p>' },
  { id: 2, author: 'Bo', published: '2026-11-21T08:00:00Z', html: '<p>Second</p>' },
];
/** A story with a thread that is there. */
const threaded = (fn) =>
  posting(APPROVED, async (page, server, context, story) => {
    server.thread.comments = two;
    await page.reload();
    await near(page);
    await page.getByText('2 comments').waitFor();
    await fn(page, server, context, story);
  });

for (const leaving of ['visibilitychange', 'pagehide']) {
  test(`${leaving} stores the last words at once`, async () => {
    await posting(APPROVED, async (page) => {
      await comment(page).focus();
      // The clock stands, so nothing but the event can have stored them.
      const before = await comment(page).evaluate((field, kind) => {
        field.value = 'and away';
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        const early = Object.values({ ...localStorage }).some((value) => value.includes('and away'));
        if (kind === 'pagehide') dispatchEvent(new PageTransitionEvent('pagehide'));
        else {
          Object.defineProperty(document, 'hidden', { value: true });
          document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        }
        return [early, Object.values({ ...localStorage }).some((value) => value.includes('and away'))];
      }, leaving);
      assert.deepEqual(before, [false, true]);
    }, [], { clock: true });
  });
}

test('two reply targets never share text, nor with the story itself', async () => {
  await threaded(async (page) => {
    await comment(page).fill('to all');
    await kept(page, 'to all');
    await page.getByRole('button', { name: 'Reply to Ann Bell' }).click();
    assert.equal(await words(reply(page, 'Ann Bell')).inputValue(), '');
    await words(reply(page, 'Ann Bell')).fill('to Ann');
    await kept(page, 'to Ann');
    await page.getByRole('button', { name: 'Reply to Bo' }).click();
    assert.equal(await words(reply(page, 'Bo')).inputValue(), '');
    await words(reply(page, 'Bo')).fill('to Bo');
    await kept(page, 'to Bo');
    const texts = (await stored(page)).map(([, draft]) => draft.text).sort();
    assert.deepEqual(texts, ['to Ann', 'to Bo', 'to all']);
    await page.getByRole('button', { name: 'Reply to Ann Bell' }).click();
    await eventually(async () => (await words(reply(page, 'Ann Bell')).inputValue()) === 'to Ann');
  });
});

test('initials stand in for pictures, and nobody else is asked for any', async () => {
  await threaded(async (page, server) => {
    const first = page.locator('.comments-list > li').first();
    assert.match(await first.innerText(), /AB/);
    assert.equal(await page.locator('.comments-list img').count(), 0);
  });
});

test('a thread is asked for when the reader comes near it, and not before', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    server.thread.comments = two;
    // A story long enough that its comments are far from its beginning.
    const far = await context.newPage();
    const asked = [];
    far.on('request', (request) => asked.push(request.url()));
    await far.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const rest = document.createElement('p');
        rest.style.height = '5000px';
        document.querySelector('.body').append(rest);
      });
    });
    await far.goto(story);
    await live(far);
    await far.waitForTimeout(300);
    assert.deepEqual(asked.filter((address) => address.includes('thread.json')), []);
    await near(far);
    await far.getByText('2 comments').waitFor();
    assert.equal(asked.filter((address) => address.includes('thread.json')).length, 1);
  });
});

test('a thread is read and cleaned after pages were turned, too', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    server.thread.comments = [...two, { id: 3, author: 'Cy', html: '<p>Third <script>alert(1)</script><b>bold</b></p>' }];
    await page.goto(new URL('/', story).href);
    await live(page);
    await page.locator(`main a[href="${new URL(story).pathname}"]`).first().click();
    await page.waitForURL(story);
    await near(page);
    await page.getByText('3 comments').waitFor();
    await page.locator('#comment-3').getByText('bold', { exact: true }).waitFor();
    assert.equal(await page.locator('.comments-list script').count(), 0);
  });
});

test('"Saved" is always in sight and spoken once a page', async () => {
  await posting(APPROVED, async (page) => {
    const spoken = [];
    await page.exposeFunction('heard', (text) => spoken.push(text));
    await page.evaluate(() => {
      const status = document.querySelector('form.comment-form > .unseen[role=status]');
      new MutationObserver(() => self.heard(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
    });
    for (const text of ['one', 'one two', 'one two three']) {
      await comment(page).fill(text);
      await kept(page, text);
      await page.locator('.comment-form').getByText('Saved', { exact: true }).first().waitFor();
    }
    assert.deepEqual(spoken.filter((text) => /Saved/.test(text)).length, 1);
  });
});

test('a field is checked when it is left after an edit, and not before', async () => {
  await posting(APPROVED, async (page) => {
    const email = page.getByRole('textbox', { name: 'Email', exact: true });
    await email.focus();
    await page.keyboard.press('Tab');
    assert.notEqual(await email.getAttribute('aria-invalid'), 'true');
    await email.pressSequentially('nobody');
    assert.notEqual(await email.getAttribute('aria-invalid'), 'true');
    await page.keyboard.press('Tab');
    await until(page, () => document.getElementById('reply-email').getAttribute('aria-invalid') === 'true');
    const described = await email.getAttribute('aria-describedby');
    assert.match(await page.locator(`#${described.split(' ').at(-1)}`).innerText(), /email/i);
    await email.fill('nobody@example.org');
    await until(page, () => document.getElementById('reply-email').getAttribute('aria-invalid') !== 'true');
  });
});

test('Cmd+Enter sends like Ctrl+Enter', async () => {
  await posting(APPROVED, async (page, server) => {
    await fillIn(page);
    await comment(page).press('Meta+Enter');
    await page.getByText('Your comment is published').waitFor();
    assert.equal(server.posts.length, 1);
  });
});

test('a comment that waits offline outlasts a reload without network, and of two tabs one sends it', async () => {
  await posting([{ status: 201, body: { status: 'approved' }, wait: 400 }], async (page, server, context, story) => {
    await until(page, async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((request) => request.url)));
      return Boolean(navigator.serviceWorker.controller) && kept.flat().some((address) => /desk-[^/]*\.wasm$/.test(address)) && kept.flat().includes(location.href);
    });
    await fillIn(page, 'From the tunnel');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('waiting to be sent').waitFor();
    await page.reload();
    await live(page);
    await near(page);
    await page.getByText('waiting to be sent').waitFor();
    const other = await context.newPage();
    await other.goto(story);
    await live(other);
    await near(other);
    await other.getByText('waiting to be sent').waitFor();
    assert.equal(server.posts.length, 0);
    await context.setOffline(false);
    for (const tab of [page, other]) {
      await until(tab, () => Object.entries(localStorage).some(([name, value]) => name.startsWith('dateline:1:queue:') && JSON.parse(value).gone));
    }
    await page.waitForTimeout(600);
    assert.equal(server.posts.length, 1);
  }, [/thread\.json/], { serviceWorkers: 'allow' });
});

test('/drafts/ opens a draft where it was written and copies its words', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await comment(page).fill('Words for later');
    await kept(page, 'Words for later');
    await page.goto(new URL('/drafts/', story).href);
    const row = page.locator('.drafts > li');
    await row.getByRole('button', { name: 'Copy' }).click();
    await eventually(() => page.evaluate(async () => (await navigator.clipboard.readText()) === 'Words for later'));
    await row.getByRole('link', { name: 'Open' }).click();
    await page.waitForURL(/#reply$/);
    await page.getByText('Draft restored').first().waitFor();
    assert.equal(await comment(page).inputValue(), 'Words for later');
  });
});
