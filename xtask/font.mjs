// Makes the headline face: Newsreader at weight 600 and optical size 48, Latin letters only, from
// the variable font in its npm package (132 KB) down to what headlines use (about 20 KB).
// Usage: node xtask/font.mjs OUTPUT_FOLDER
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node xtask/font.mjs OUTPUT_FOLDER');
const home = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/newsreader/package.json'));

// Basic Latin and Latin-1 cover Western European headlines; then the dashes, quotation marks,
// ellipsis and signs that newspapers set, and the letters French, Czech or Polish add to Latin-1
// as far as this file has them (the rest is in the package's latin-ext file and falls back).
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const letters = range(0x20, 0x7e) + range(0xa0, 0xff) + '\u0131\u0152\u0153\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2039\u203a\u20ac\u2122\u2190\u2191\u2192\u2193\u2212';

const whole = await readFile(join(home, 'files/newsreader-latin-opsz-normal.woff2'));
const face = await subsetFont(whole, letters, { targetFormat: 'woff2', variationAxes: { wght: 600, opsz: 48 } });
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'newsreader-600.woff2'), face);
await copyFile(join(home, 'LICENSE'), join(folder, 'OFL.txt'));
console.log(`newsreader-600.woff2: ${face.length} bytes`);
