// The site stands: its front page, an article, and the page for what is not there.
import assert from 'node:assert/strict';
import test from 'node:test';
import { SITE, url, withPage } from './support.mjs';

test('the front page answers 200 with the site title as its only h1', async () => {
  await withPage({}, async (page) => {
    const response = await page.goto(SITE);
    assert.equal(response.status(), 200);
    assert.equal(await page.locator('h1').count(), 1);
    assert.notEqual((await page.locator('h1').innerText()).trim(), '');
  });
});

test('the first story of the front page opens, with its headline as the h1, without JavaScript', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(SITE);
    const link = page.locator('main h3 a, main h2 a').first();
    const headline = (await link.innerText()).trim();
    await link.click();
    assert.equal((await page.locator('h1').innerText()).trim(), headline);
  });
});

test('an address nobody wrote answers 404 with a page of the site', async () => {
  await withPage({ allow: [/404/] }, async (page) => {
    const response = await page.goto(url('/no/such/page/'));
    assert.equal(response.status(), 404);
    assert.equal(await page.locator('h1').count(), 1);
  });
});
