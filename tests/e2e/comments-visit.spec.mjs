// What no store holds is held by the visit: a link and Back lose nothing that a reader typed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { APPROVED, article, comment, fillIn, inDatabase, kept, near, posting } from './comments-support.mjs';
import { eventually, live, withPage } from './support.mjs';

const follow = (page, href) =>
  page.evaluate((to) => {
    const link = Object.assign(document.createElement('a'), { href: to });
    document.querySelector('main').append(link);
    link.click();
  }, href);
/** Away by a link of the app, and Back. */
async function awayAndBack(page, between = async () => {}) {
  await follow(page, '/');
  await page.waitForURL((to) => to.pathname === '/');
  await between();
  await page.goBack();
  await page.waitForURL((to) => to.pathname.includes('/article/'));
  await near(page);
}
const holds = (page, text) => eventually(async () => (await comment(page).inputValue()) === text);
const field = (page, name) => page.getByRole('textbox', { name, exact: true });

test('with storage blocked a comment outlasts a link and Back, and leaving the site asks all the while', async () => {
  await withPage({}, async (page) => {
    await page.addInitScript(() => {
      for (const store of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, store, {
          get() {
            throw new DOMException('refused', 'SecurityError');
          },
        });
      }
    });
    await article(page);
    await comment(page).click();
    await comment(page).fill('held by the visit');
    await page.getByText('Not saved in this browser').first().waitFor();
    // "Kept on this device" beside it would say the contrary.
    await page.getByText('Kept on this device').waitFor({ state: 'detached' });
    await awayAndBack(page);
    await holds(page, 'held by the visit');
    await page.getByText('Not saved in this browser').first().waitFor();
    await follow(page, '/');
    await page.waitForURL((to) => to.pathname === '/');
    const asked = new Promise((resolve) => page.once('dialog', (dialog) => (resolve(dialog.type()), dialog.accept())));
    await Promise.all([asked, page.reload()]);
    assert.equal(await asked, 'beforeunload');
  });
});

test('"Don’t keep" keeps words off the device, not out of the visit', async () => {
  await posting(APPROVED, async (page) => {
    await page.getByRole('button', { name: 'Don’t keep' }).click();
    await comment(page).fill('not for this device');
    await awayAndBack(page);
    await holds(page, 'not for this device');
    await page.getByText('Not kept on this device').waitFor();
    const stores = JSON.stringify([await page.evaluate(() => ({ ...localStorage })), await inDatabase(page)]);
    assert.ok(!stores.includes('not for this device'));
    await page.reload();
    await live(page);
    await near(page);
    await page.getByText('Not kept on this device').waitFor();
    assert.equal(await comment(page).inputValue(), '');
  });
});

test('name and email that are not to be remembered stay where they were typed, until "Forget me"', async () => {
  await posting(APPROVED, async (page) => {
    await fillIn(page, 'Well said.');
    await kept(page, 'Well said.');
    await awayAndBack(page);
    await holds(page, 'Well said.');
    assert.deepEqual([await field(page, 'Name').inputValue(), await field(page, 'Email').inputValue()], ['Ada', 'ada@example.org']);
    const stores = JSON.stringify([await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }]), await inDatabase(page)]);
    assert.ok(!stores.includes('ada@example.org'));
    await awayAndBack(page, async () => {
      await follow(page, '/drafts/');
      await page.getByRole('button', { name: 'Forget me on this device' }).click();
      await page.getByText('None of this is kept').waitFor();
      await page.goBack();
      await page.waitForURL((to) => to.pathname === '/');
    });
    await page.getByText('Kept on this device').first().waitFor();
    assert.deepEqual([await field(page, 'Name').inputValue(), await field(page, 'Email').inputValue(), await comment(page).inputValue()], ['', '', '']);
  });
});
