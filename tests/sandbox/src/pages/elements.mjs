// Small builders. Text is only ever set as text: whatever a program sent stays harmless.

/** An element with a class and its content, each a text or an element. */
export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** Names with their values. */
export function pairs(entries) {
  const list = element('dl', 'pairs');
  for (const [name, value] of entries) list.append(element('dt', '', name), element('dd', '', value));
  return list;
}

/** A button that does something. */
export function button(text, className, action) {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', action);
  return made;
}

/** A time of the sandbox's clock, in seconds since 1970, as this machine writes times. */
export function time(seconds) {
  const date = new Date(seconds * 1000);
  const pad = (number, width = 2) => String(number).padStart(width, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((number) => pad(number)).join(':');
  return `${clock}.${pad(date.getMilliseconds(), 3)}`;
}

/** An answer's status as text, and the class that colours it. */
export function outcome(status) {
  if (status === null) return ['no answer', 'bad'];
  if (status >= 400) return [String(status), 'bad'];
  return [String(status), status >= 300 ? 'turn' : 'good'];
}
