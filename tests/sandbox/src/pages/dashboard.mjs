// The dashboard: three tabs over one answer a second.

import { endings, fillDeeds, issueCode } from './deeds.mjs';
import { details } from './details.mjs';
import { button, element, outcome, pairs, time } from './elements.mjs';
import { LongList } from './list.mjs';
import { Log } from './log.mjs';
import * as secrets from './secrets.mjs';

const PAUSE_MS = 1000;
/** How long it says what was done. */
const DEED_MS = 6000;
const API = `${location.origin}/v5`;

const by = (id) => document.getElementById(id);
const number = (count) => count.toLocaleString('en');

const log = new Log();
const openRow = (index) => open(log.at(index).id);
// With one request open, the keys turn the pages.
const list = new LongList(by('list'), drawRequest, openRow, (index) => { if (opened !== null) openRow(index); });
let overview = null;
let opened = null;
let opening = 0;

// Requests.

function drawRequest(index) {
  const { at, method, path, query, status, note } = log.at(index);
  const [text, colour] = outcome(status);
  const target = query ? `${path}?${secrets.text(query)}` : path;
  return element('div', 'row', element('span', 'time', time(at)), element('span', 'method', method),
    element('span', 'target', target), element('span', 'note', note), element('span', `status ${colour}`, text));
}

/** The list's length, and which of its rows is the one that is open. */
function showRequests(added) {
  const [all, passing] = [log.all.length, log.passing.length];
  list.resize(passing, added);
  list.chosen = opened === null ? -1 : indexOf(opened.id);
  const isFiltered = log.words.length > 0 || log.failures;
  by('count').textContent = isFiltered ? `${number(passing)} of ${number(all)}` : '';
  showEmptiness(all, passing);
}

function indexOf(id) {
  let [low, high] = [0, log.passing.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = log.passing[middle].id;
    if (found === id) return log.passing.length - 1 - middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function showEmptiness(all, passing) {
  by('empty').hidden = passing > 0;
  if (passing > 0) return;
  const lines = all > 0
    ? [element('p', '', 'No request is like that.'), element('p', 'quiet', `${number(all)} are kept.`)]
    : [element('p', '', 'Nothing has arrived yet.'), element('p', 'quiet', 'Point your program here:'), element('code', '', API),
      button('Copy', 'plain small', () => navigator.clipboard.writeText(API))];
  by('empty').replaceChildren(...lines);
}

async function open(id) {
  opening += 1;
  const turn = opening;
  const answer = await fetch(`requests/${id}`);
  // Another one may have been asked for meanwhile, or this one may have made room.
  if (!answer.ok || turn !== opening) return;
  opened = await answer.json();
  list.chosen = indexOf(id);
  list.refresh();
  showDetails();
  by('details').scrollTop = 0;
  if (coversList()) by('details').focus();
}

/** On a narrow screen one request takes the list's place. */
function coversList() {
  return opened !== null && getComputedStyle(by('details')).position === 'absolute';
}

function showDetails() {
  by('details').hidden = opened === null;
  for (const part of document.querySelectorAll('.tools, .frame')) part.inert = coversList();
  by('details').replaceChildren(...(opened === null ? [] : details(opened, close)));
}

function close() {
  opened = null;
  opening += 1;
  list.chosen = -1;
  showDetails();
  list.refresh();
  by('list').focus();
}

function filter() {
  log.filter(by('filter').value, by('failures').checked);
  by('list').scrollTop = 0;
  list.active = 0;
  showRequests(0);
}

// Codes, tokens and apps.

function ending(expires) {
  if (expires === null) return 'never';
  const when = new Date(expires * 1000).toLocaleString();
  return expires <= overview.now ? `${when}, over` : when;
}

function showCards() {
  const { tokens, apps } = overview;
  by('tokens').firstElementChild.replaceChildren(...tokens.map((token) => element('li', 'box', element('h2', '', token.kind),
    pairs([['value', secrets.shown(token.text)], ['app', token.app_id], ['scope', token.scope.join(' ') || 'none'],
      ['expires', ending(token.expires_at)]]), endings(token.text, () => update()))));
  by('apps').firstElementChild.replaceChildren(...apps.map((app) => element('li', 'box', element('h2', '', app.name || app.app_id),
    pairs([['app id', app.app_id], ['app secret', secrets.shown(app.app_secret)], ['made', app.created_at],
      ['redirect URIs', app.redirect_uris.join('\n') || 'none']]),
    element('p', 'group', button('Issue a code', 'plain small', () => issueCode(app.app_id).then(({ code }) => told(`A code: ${code}`),
      (error) => told(error.message)))))));
  if (tokens.length === 0) by('tokens').firstElementChild.append(element('li', 'quiet', 'No code or token has been issued yet.'));
}

// What was just done stands in place of the state for a moment.

let lastDeed = ['', 0];

function told(text) {
  lastDeed = [text, Date.now()];
  by('status').textContent = text;
  update();
}

const showClock = fillDeeds(by('deeds'), told);

// Tabs.

const tabs = [...document.querySelectorAll('[role=tab]')];

function select(tab) {
  for (const other of tabs) {
    other.setAttribute('aria-selected', other === tab);
    other.tabIndex = other === tab ? 0 : -1;
    by(other.getAttribute('aria-controls')).hidden = other !== tab;
  }
  list.refresh();
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    select(next);
    next.focus();
  });
}

// Once a second.

async function update() {
  const text = await (await fetch('overview')).text();
  const timeless = () => JSON.stringify({ ...overview, now: 0 });
  const before = timeless();
  overview = JSON.parse(text);
  showClock(overview.now, overview.frozen);
  const count = (id, value) => { by(id).firstElementChild.textContent = number(value); };
  count('tab-requests', overview.requests);
  count('tab-tokens', overview.tokens.length);
  count('tab-apps', overview.apps.length);
  if (before !== timeless()) showCards();
  const kept = log.all.length;
  await log.update(overview.oldest_request, showRequests);
  if (kept !== log.all.length || kept === 0) showRequests(0);
  const waiting = overview.scripted > 0 ? `, ${number(overview.scripted)} scripted answers waiting` : '';
  const [done, at] = lastDeed;
  by('status').textContent = Date.now() - at < DEED_MS ? done : `live at ${location.host}${waiting}`;
}

async function watch() {
  for (;;) {
    const lost = await update().then(() => false, () => true);
    by('status').classList.toggle('lost', lost);
    if (lost) by('status').textContent = 'The sandbox does not answer.';
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
  }
}

by('filter').addEventListener('input', filter);
by('failures').addEventListener('change', filter);
by('forget').addEventListener('click', () => fetch('requests', { method: 'DELETE' }));
by('secrets').addEventListener('change', (event) => {
  secrets.reveal(event.target.checked);
  if (overview !== null) showCards();
  showDetails();
  list.refresh();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && opened !== null) close();
  if (event.key === '/' && event.target.tagName !== 'INPUT') {
    event.preventDefault();
    select(tabs[0]);
    by('filter').focus();
  }
});
watch();
