// Sites to be searched, built for one test with the program and the app of this build.
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = new URL('../../', import.meta.url).pathname;
export const PROGRAM = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
export const APP = process.env.DATELINE_APP ?? join(ROOT, 'target/app');

/** Builds a site of JSON Feed items; gives the folder it was written to. */
export async function build(language, items, more = {}) {
  const home = await mkdtemp(join(tmpdir(), 'dateline-search-'));
  const site = { title: 'Test', language, url: 'https://news.example/', source: { kind: 'jsonfeed', url: 'feed.json' }, ...more };
  await writeFile(join(home, 'site.json'), JSON.stringify(site));
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Test', items };
  await writeFile(join(home, 'feed.json'), JSON.stringify(feed));
  const out = join(home, 'out');
  await promisify(execFile)(PROGRAM, ['prerender', '--app', APP, '--site', join(home, 'site.json'), '--out', out], { maxBuffer: 1e8 });
  return out;
}

/** A site of a few stories given as { title, text }. */
export async function index(language, stories) {
  const items = stories.map(({ title, text }, n) => ({
    id: `s${n}`,
    url: `https://news.example/article/s${n}/`,
    title,
    content_html: `<p>${text}</p>`,
    date_published: `2026-11-0${n + 1}T08:00:00Z`,
  }));
  return { out: await build(language, items) };
}

/** Numbers that look like chance and are the same every time. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * An archive with the vocabulary of prose: 40,000 words, the n-th as frequent as one in n, 500
 * words a story. Built once for a test; it takes some seconds.
 */
export async function archive(count) {
  const next = chance(7);
  const parts = ['ba', 'de', 'fi', 'go', 'hu', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'te', 'vi', 'wo', 'stra', 'tri', 'plo', 'gre'];
  const ends = ['', 'n', 'r', 's', 't', 'ng', 'ment', 'tion', 'ing'];
  const words = [];
  const known = new Set();
  while (words.length < 40_000) {
    let word = ends[Math.floor(next() * ends.length)];
    for (let n = 1 + Math.floor(next() * 4); n > 0; n--) word = parts[Math.floor(next() * parts.length)] + word;
    if (!known.has(word)) words.push(word);
    known.add(word);
  }
  // Zipf: the inverse of its sum is nearly an exponential.
  const word = () => words[Math.min(words.length - 1, Math.floor(Math.exp(next() * Math.log(words.length))) - 1)];
  const phrase = (length) => Array.from({ length }, word).join(' ');
  const stories = Array.from({ length: count }, (_, n) => ({
    id: `s${n}`,
    url: `https://news.example/article/s${n}/`,
    title: `Story ${phrase(6)}`,
    content_html: Array.from({ length: 7 }, () => `<p>${Array.from({ length: 5 }, () => `${phrase(14)}.`).join(' ')}</p>`).join(''),
    date_published: new Date(Date.UTC(2026, 10, 23) - n * 7_200_000).toISOString(),
    tags: [words[300 + (n % 40)]],
    _dateline: { section: ['world', 'town', 'sport'][n % 3] },
  }));
  return { out: await build('en', stories), stories };
}
