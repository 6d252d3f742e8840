// One request, with everything that arrived.

import { button, element, outcome, pairs, time } from './elements.mjs';
import * as secrets from './secrets.mjs';

const FORM = /^application\/x-www-form-urlencoded/i;

/** What a request shows: `close` is what its button does. */
export function details(entry, close) {
  const [status, colour] = outcome(entry.status);
  const parts = [
    element('header', '', element('h2', '', `${entry.method} ${entry.path}`), element('strong', colour, status),
      button('Close', 'plain small', close)),
    pairs([
      ['arrived', `${new Date(entry.at * 1000).toLocaleDateString()} ${time(entry.at)}`],
      ['connection', `${entry.connection}, ${entry.tls ? 'TLS' : 'no TLS'}`],
      ...(entry.connect_target ? [['through the proxy to', entry.connect_target]] : []),
      ...(entry.client_certificate ? [['client certificate', `${entry.client_certificate.length} characters of Base64`]] : []),
    ]),
  ];
  if (entry.note) parts.push(element('p', `note ${colour}`, entry.note));
  const sent = element('section', '');
  if (entry.query) sent.append(...section('Query', decoded(entry.query)));
  sent.append(...body(entry), ...section('Headers', pairs(entry.headers.flatMap(headerRows))));
  parts.push(element('div', 'sides', element('section', '', element('h3', 'side', 'Sent'), sent),
    element('section', '', element('h3', 'side', 'What Pinterest wants'), ...wanted(entry.wanted), ...answered(entry))));
  return parts;
}

function wanted(rows) {
  const [[name, what] = ['', '']] = rows;
  return [name === '' ? element('p', 'quiet', what) : pairs(rows)];
}

function answered({ answer, status }) {
  if (answer === '') return status === null ? [] : section('Answered', element('p', 'quiet', `${status}, nothing kept of its body`));
  return section('Answered', element('pre', '', secrets.text(indented(answer))));
}

function section(title, ...content) {
  return [element('h3', '', title), ...content];
}

function headerRows([name, value]) {
  const meaning = secrets.basic(name, value);
  const row = [name, secrets.header(name, value)];
  return meaning === null ? [row] : [row, ['↳ decoded', meaning]];
}

function decoded(encoded) {
  return pairs([...new URLSearchParams(encoded)].map(([name, value]) => [name, secrets.field(name, value)]));
}

function body(entry) {
  if (entry.body_base64 !== undefined) return section('Body, not text, in Base64', element('pre', '', entry.body_base64));
  if (entry.body === '') return section('Body', element('p', 'quiet', 'empty'));
  const type = entry.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (FORM.test(type)) {
    return [...section('Body, a form', decoded(entry.body)), ...section('Body, as sent', element('pre', '', secrets.text(entry.body)))];
  }
  return section('Body', element('pre', '', secrets.text(indented(entry.body))));
}

/** JSON with line breaks; other text as it is. */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
