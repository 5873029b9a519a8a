// The archive: every story under its month, without a script, on pages that are files of the build.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { OUT, url, withPage } from './support.mjs';

test('every story stands once under its year and month, the latest first', () =>
  withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url('/archive/'));
    const months = await page.locator('.months li').evaluateAll((all) =>
      all.map((it) => [it.querySelector('a').getAttribute('href'), parseInt(it.textContent.replace(/^.*\d{4}\s*/, ''), 10)]));
    const order = months.map(([href]) => href);
    assert.deepEqual(order, [...order].sort().reverse(), 'the latest month first');
    const seen = [];
    for (const [href, count] of months) {
      assert.match(href, /^\/archive\/\d{4}\/\d{2}\/$/);
      await page.goto(url(href));
      const cards = await page.locator('.cards .card').evaluateAll((all) =>
        all.map((it) => [it.querySelector('.card-link').getAttribute('href'), it.querySelector('time').dateTime]));
      assert.equal(cards.length, count, href);
      const month = href.slice(9, 16).replace('/', '-');
      for (const [, time] of cards) assert.ok(time.startsWith(month), `${time} in ${href}`);
      const times = cards.map(([, time]) => Date.parse(time));
      assert.deepEqual(times, [...times].sort((a, b) => b - a), href);
      seen.push(...cards.map(([story]) => story));
      // Up to the year, whose page names the month.
      await page.goto(url(href.replace(/\d{2}\/$/, '')));
      assert.equal(await page.locator(`.months a[href="${href}"]`).count(), 1);
    }
    const stories = (await readdir(join(OUT, 'article'), { withFileTypes: true })).filter((it) => it.isDirectory());
    assert.equal(new Set(seen).size, seen.length, 'none twice');
    assert.deepEqual(seen.map((path) => path.split('/')[2]).sort(), stories.map((it) => it.name).sort());
  }));
