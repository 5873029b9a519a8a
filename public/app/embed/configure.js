// The page /embed/: choose how a widget looks, see it live, copy its two lines. The choices bear the
// names of the attributes they set, which are the same in every language.
import './embed.js';

const CHOICES = [
  ['layout', ['list', 'cards', 'headlines']],
  ['limit', ['3', '5', '8', '12', '20']],
  ['theme', ['inherit', 'auto', 'light', 'dark']],
  ['images', ['', 'on', 'off']],
  ['summary', ['', 'on', 'off']],
  ['date', ['', 'on', 'off', 'relative']],
  ['heading', null],
];
const USUAL = { layout: 'list', limit: '5', theme: 'inherit' };

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function configure(place) {
  const { url, title, copy, sections } = place.dataset;
  const files = [['latest', title], ...sections.split('\n').filter(Boolean).map((line) => line.split('\t'))];
  const widget = make('dateline-widget', { loading: 'eager' });
  const code = make('code');
  const values = { src: 'latest', ...USUAL };
  // Snippets are pasted anywhere, so they name the site's own address; the preview stays here.
  const show = () => {
    widget.setAttribute('src', new URL(`${values.src}.json`, import.meta.url).href);
    let attributes = '';
    for (const [name] of CHOICES) {
      const value = values[name] ?? '';
      if (value && value !== USUAL[name]) {
        widget.setAttribute(name, value);
        attributes += ` ${name}="${escaped(value)}"`;
      } else {
        widget.removeAttribute(name);
      }
    }
    code.textContent = `<script type="module" src="${url}embed/v1/embed.js"></script>\n`
      + `<dateline-widget src="${escaped(`${url}embed/v1/${values.src}.json`)}"${attributes}>\n`
      + `  <a href="${url}">${escaped(title)}</a>\n</dateline-widget>`;
  };
  const field = (name, options) => {
    const control = options ? make('select', { id: `widget-${name}` }) : make('input', { id: `widget-${name}`, type: 'text' });
    for (const [value, words] of options ?? []) control.append(make('option', { value }, words || '–'));
    if (values[name]) control.value = values[name];
    control.addEventListener(options ? 'change' : 'input', () => {
      values[name] = control.value;
      show();
    });
    return make('div', { class: 'field' }, make('label', { for: control.id }, name), control);
  };
  const button = make('button', { type: 'submit' }, copy);
  const status = make('span', { role: 'status' });
  const form = make('form', { class: 'comment-form' },
    make('div', { class: 'fields' }, field('src', files), ...CHOICES.map(([name, options]) => field(name, options?.map((it) => [it, it])))),
    make('div', { class: 'table-scroll', tabindex: '0' }, make('pre', {}, code)),
    make('p', { class: 'form-buttons' }, button, status));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(code.textContent);
      status.textContent = '✓';
    } catch {
      // Where nothing may be copied the text is there to be, selected already.
      getSelection().selectAllChildren(code);
    }
  });
  show();
  place.replaceChildren(form, widget);
}

const place = document.querySelector('[data-configurator]');
if (place) configure(place);
