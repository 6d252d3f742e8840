// The requests that the sandbox keeps, without headers and bodies, and those that pass the filter.

import * as secrets from './secrets.mjs';

/** How many are asked for at a time: an answer of this size does not stop the page. */
const PORTION = 5000;

export class Log {
  constructor() {
    this.clear();
    this.words = [];
    this.failures = false;
  }

  clear() {
    this.all = [];
    this.passing = [];
  }

  /** Fetches what is new; `changed(added)` is called after each portion, with how many came on top. */
  async update(oldest, changed) {
    this.forgetBefore(oldest);
    const last = this.all.at(-1)?.id ?? 0;
    let portion = await fetchPortion(last, null);
    if (portion.length > 0) {
      // With a gap below it, the portion is the new beginning, and the rest comes after it.
      if (portion[0].id > Math.max(last + 1, oldest)) this.clear();
      changed(this.append(portion));
    }
    while (this.all.length > 0 && this.all[0].id > oldest) {
      portion = await fetchPortion(oldest - 1, this.all[0].id);
      if (portion.length === 0) break;
      this.all = portion.concat(this.all);
      this.passing = portion.filter((entry) => this.passes(entry)).concat(this.passing);
      changed(0);
    }
  }

  append(portion) {
    const passing = portion.filter((entry) => this.passes(entry));
    this.all.push(...portion);
    this.passing.push(...passing);
    return passing.length;
  }

  /** The sandbox has none with a smaller number any more. */
  forgetBefore(oldest) {
    for (const list of [this.all, this.passing]) {
      let gone = 0;
      while (gone < list.length && list[gone].id < oldest) gone += 1;
      if (gone > 0) list.splice(0, gone);
    }
  }

  /** Sets what passes: every word must be in a request's line. */
  filter(text, failures) {
    this.words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.failures = failures;
    this.passing = this.all.filter((entry) => this.passes(entry));
  }

  passes(entry) {
    if (this.failures && entry.status !== null && entry.status < 400) return false;
    return this.words.every((word) => entry.line.includes(word));
  }

  /** The newest is number 0. */
  at(index) {
    return this.passing[this.passing.length - 1 - index];
  }
}

async function fetchPortion(after, before) {
  const upTo = before === null ? '' : `&before=${before}`;
  const answer = await fetch(`requests?brief=true&after=${after}${upTo}&limit=${PORTION}`);
  const portion = await answer.json();
  for (const entry of portion) {
    entry.line = `${entry.method} ${entry.path}?${secrets.text(entry.query)} ${entry.status ?? 'no answer'} ${entry.note}`.toLowerCase();
  }
  return portion;
}
