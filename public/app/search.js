// Searches the static index that `dateline prerender` wrote (src/prerender/search.rs says how).
//
// Loaded by the search page alone, when a reader first searches; a query then loads the few files
// it needs and keeps them. Nothing here touches the document: what was found comes back as data,
// texts already cut into marked and unmarked pieces, and the app makes elements of it.

const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
const RUNS = /[\p{Alphabetic}\p{N}\u0300-\u036f\u093c-\u094d\u0980-\u0dff]+/gu;
// Scripts without spaces between words: pairs of characters stand for words.
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{323af}]+/gu;
/** Words that a beginning may stand for; more would say nothing. */
const ENDINGS = 40;
/** Characters of an excerpt. */
const EXCERPT = 220;

/** A word as the index has it: compatible letters one, marks that nobody types gone, lower case. */
export const fold = (text) => text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase();

/** The words of a query; `open` ones may go on, `alike` ones are never corrected. */
export function split(query) {
  const words = [];
  const add = (word, open, alike) => {
    if (!words.some((other) => other.word === word)) words.push({ word, open, alike });
  };
  const text = fold(query);
  for (const [run] of text.matchAll(RUNS)) {
    let at = 0;
    const plain = (piece) => (piece.length > 1 || /^\d$/.test(piece)) && add(piece, true, false);
    for (const found of run.matchAll(UNSPACED)) {
      plain(run.slice(at, found.index));
      at = found.index + found[0].length;
      const signs = [...found[0]];
      if (signs.length === 1) add(signs[0], true, true);
      for (let n = 1; n < signs.length; n++) add(signs[n - 1] + signs[n], false, true);
    }
    plain(run.slice(at));
  }
  // Only the word that is still being typed may go on.
  words.slice(0, -1).forEach((word) => (word.open &&= word.alike));
  if (/\s$/.test(query) && words.length > 0) words.at(-1).open &&= words.at(-1).alike;
  return words;
}

/** Numbers as src/prerender/search/encode.rs writes them. */
function* numbers(text, at = 0) {
  for (let value = 0, shift = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) - 48;
    value += (code & 31) * 2 ** shift;
    shift += 5;
    if (code < 32) {
      yield value;
      value = shift = 0;
    }
  }
}

/** Steps from one word to the other, neighbours swapped being one; more than `most` is `most + 1`. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last, row] = [[], [], Array.from({ length: other.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= one.length; i++) {
    [before, last, row] = [last, row, [i]];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return row[other.length];
}

/** The commonest word that is nearest to a mistyped one. */
export function meant(word, common) {
  if (word.length < 3) return null;
  const most = word.length < 5 ? 1 : 2;
  let best = null;
  common.forEach((other, rank) => {
    const steps = distance(word, other, most);
    if (steps > most) return;
    // The first letter is seldom the wrong one.
    const cost = steps + (other[0] === word[0] ? 0 : 0.5) + rank / 1e6;
    if (!best || cost < best.cost) best = { other, cost };
  });
  return best && best.other;
}

class Index {
  constructor(site, entry, list) {
    Object.assign(this, { site, entry, files: new Map() });
    const [sections, coded] = list.split("\n");
    this.sections = JSON.parse(sections);
    this.days = [];
    this.section = [];
    let day = 0;
    const all = numbers(coded);
    for (let step = all.next(); !step.done; step = all.next()) {
      day += step.value;
      this.days.push(day);
      this.section.push(all.next().value - 1);
    }
  }

  static async open(site) {
    const entry = JSON.parse(await read(`${site}data/search.json`));
    if (entry.version !== 1) throw new Error("the search index is of another version");
    return new Index(site, entry, await read(`${site}assets/search/${entry.list}`));
  }

  once(path) {
    let file = this.files.get(path);
    if (!file) {
      file = read(this.site + path);
      this.files.set(path, file);
      // What failed is asked for again next time.
      file.catch(() => this.files.delete(path));
    }
    return file;
  }

  /** Number of the file in which a word would stand. */
  shardOf(word) {
    let [low, high] = [0, this.entry.shards.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entry.shards[middle][0] <= word) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  async shard(number) {
    const [, name] = this.entry.shards[number] ?? [];
    const lines = new Map();
    if (!name) return lines;
    const text = await this.once(`assets/search/${name}`);
    for (const line of text.split("\n")) {
      if (line) lines.set(line.slice(0, line.search(/[\t>]/)), line);
    }
    return lines;
  }

  /** The line of a term, whichever of its words is asked for. */
  async line(word) {
    const line = (await this.shard(this.shardOf(word))).get(word);
    if (!line) return null;
    const [, stands, main] = /^([^\t>]*)>(.*)$/.exec(line) ?? [];
    return stands === undefined ? line : this.line(main);
  }

  /** Lines that a word of the query means, with how surely. */
  async lines({ word, open }) {
    const found = new Map();
    const exact = await this.line(word);
    if (exact) found.set(exact, 1);
    if (!open || (word.length < 2 && !UNSPACED.test(word))) return found;
    const first = this.shardOf(word);
    const words = [];
    for (let n = first; n < first + 3 && n < this.entry.shards.length; n++) {
      if (n > first && !this.entry.shards[n][0].startsWith(word)) break;
      for (const [other, line] of await this.shard(n)) if (other.startsWith(word)) words.push([other, line]);
    }
    // The longest lines are those of the commonest words.
    words.sort((a, b) => b[1].length - a[1].length);
    for (const [other] of words.slice(0, ENDINGS)) {
      const line = await this.line(other);
      if (line && !found.has(line)) found.set(line, 0.6);
    }
    return found;
  }

  /** Stories of one word of the query with their scores, and the words to mark. */
  async stories(word) {
    const scores = new Map();
    const marked = [];
    for (const [line, sure] of await this.lines(word)) {
      const parts = line.split("\t");
      const coded = parts.pop();
      marked.push(...parts);
      const own = [];
      let story = 0;
      for (const value of numbers(coded)) {
        story += value >>> 3;
        own.push([story, (value & 7) + 1]);
      }
      const rarity = Math.log(1 + this.days.length / own.length);
      for (const [story, says] of own) {
        scores.set(story, Math.max(scores.get(story) ?? 0, sure * rarity * says));
      }
    }
    return { scores, marked };
  }

  /** Words of a query that the index does not know, put right. */
  async correct(words) {
    const common = (await this.once(`assets/search/${this.entry.words}`)).split("\n");
    return words.map((one) => {
      const other = one.found.scores.size === 0 && !one.alike ? meant(one.word, common) : null;
      return other ? { ...one, word: other, open: false, was: one.word } : one;
    });
  }

  async find(query, { section = "", days = 0, newest = false, limit = 10, today = Date.now() }) {
    let words = split(query);
    const look = (list) => Promise.all(list.map(async (one) => ({ ...one, found: await this.stories(one) })));
    words = await look(words);
    let corrected = null;
    if (words.some((one) => one.found.scores.size === 0)) {
      words = await look(await this.correct(words));
      const put = words.filter((one) => one.was);
      if (put.length > 0) {
        corrected = put.reduce((text, one) => text.replace(one.was, one.word), fold(query.trim()));
      }
    }
    const scores = new Map();
    for (const { found } of words) {
      for (const [story, score] of found.scores) {
        const [sum, having] = scores.get(story) ?? [0, 0];
        scores.set(story, [sum + score, having + 1]);
      }
    }
    // All words, or where no story has them all, the more of them the better.
    const every = [...scores.values()].some(([, having]) => having === words.length);
    const oldest = days > 0 ? Math.floor(today / 86_400_000) - days : -1;
    const wanted = (story) => {
      if (this.days[story] < oldest) return false;
      const [path = ""] = this.sections[this.section[story]] ?? [];
      return !section || path === section || path.startsWith(`${section}/`);
    };
    const latest = Math.max(0, ...this.days.slice(-1));
    const ranked = [];
    for (const [story, [sum, having]] of scores) {
      if ((every && having < words.length) || !wanted(story)) continue;
      const age = Math.max(0, latest - this.days[story]) / 365;
      const share = having / words.length;
      ranked.push([story, newest ? story : sum * share * share * (0.7 + 0.3 / (1 + age))]);
    }
    ranked.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
    const marks = new Set(words.flatMap((one) => [one.word, ...one.found.marked]));
    const shown = await Promise.all(ranked.slice(0, limit).map(([story]) => this.story(story, marks)));
    return { total: ranked.length, corrected, stories: shown, sections: this.sections };
  }

  async story(number, marks) {
    const { together } = this.entry;
    const file = JSON.parse(await this.once(`data/search/${Math.floor(number / together)}.json`));
    const [summary, text] = file[number % together];
    return { summary, headline: mark(summary.headline, marks), excerpt: excerpt(summary.excerpt ?? "", text, marks) };
  }
}

/** A text as pieces, every second of them marked. */
export function mark(text, words) {
  const spans = [];
  for (const found of text.matchAll(RUNS)) {
    const run = found[0];
    if (words.has(fold(run))) spans.push([found.index, found.index + run.length]);
    else {
      for (const part of run.matchAll(UNSPACED)) {
        const signs = [...part[0]];
        let at = found.index + part.index;
        signs.forEach((sign, n) => {
          const pair = n + 1 < signs.length ? sign + signs[n + 1] : sign;
          if (words.has(fold(pair)) || words.has(fold(sign))) spans.push([at, at + (words.has(fold(pair)) ? pair : sign).length]);
          at += sign.length;
        });
      }
    }
  }
  const pieces = [];
  let at = 0;
  for (const [from, to] of spans) {
    // Pairs overlap: one mark over both.
    if (pieces.length > 0 && from <= at) pieces[pieces.length - 1] += text.slice(at, Math.max(at, to));
    else pieces.push(text.slice(at, from), text.slice(from, to));
    at = Math.max(at, to);
  }
  pieces.push(text.slice(at));
  return pieces;
}

/** The sentence that says most of what was asked for, with what follows it while there is room. */
export function excerpt(own, text, words) {
  const says = (piece) => new Set(mark(piece, words).filter((_, n) => n % 2 === 1).map(fold)).size;
  let best = own;
  let most = says(own);
  let sentences = text.match(/[^\n.!?。！？؟]+[.!?。！？؟]*\s*/gu) ?? [];
  sentences.forEach((sentence, n) => {
    const score = says(sentence);
    if (score <= most) return;
    most = score;
    best = sentence;
    for (let more = n + 1; more < sentences.length && best.length < EXCERPT / 2; more++) best += sentences[more];
  });
  return mark(clip(best.trim().replace(/\s+/g, " "), words), words);
}

/** At most so many characters, around the first mark, cut between words. */
function clip(text, words) {
  if (text.length <= EXCERPT) return text;
  const first = mark(text, words)[0].length;
  const from = first < EXCERPT - 60 ? 0 : text.lastIndexOf(" ", first - 60) + 1 || first - 60;
  const end = text.lastIndexOf(" ", from + EXCERPT);
  const to = from + EXCERPT >= text.length ? text.length : end > from ? end : from + EXCERPT;
  return (from > 0 ? "…" : "") + text.slice(from, to) + (to < text.length ? "…" : "");
}

async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: the server answered ${answer.status}`);
  return answer.text();
}

let opened;

/** Searches the site at a base path. The index is opened once; a failure is tried again. */
export async function search(site, query, options = {}) {
  opened ??= Index.open(site);
  opened.catch(() => (opened = undefined));
  return (await opened).find(query, options);
}

// The app has no import of its own: it loads this file as a module and finds it here.
globalThis.datelineSearch = async (site, query, options) => JSON.stringify(await search(site, query, JSON.parse(options)));
