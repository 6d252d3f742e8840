// Secrets are shown by their beginning, for somebody may look over the shoulder.

/** So many letters at most, and at most a third of them. */
const SHOWN = 9;
const FIELDS = 'code|token|access_token|refresh_token|client_secret|code_verifier|app_secret|password';
const IS_FIELD = new RegExp(`^(${FIELDS})$`, 'i');
const IN_FORM = new RegExp(`(^|[?&])(${FIELDS})=([^&]*)`, 'gi');
const IN_JSON = new RegExp(`("(?:${FIELDS})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'gi');
const HEADERS = /^(authorization|proxy-authorization|cookie)$/i;

let revealed = false;

/** Shows everything, or beginnings again. */
export function reveal(everything) {
  revealed = everything;
}

/** A secret as it may be shown now. */
export function shown(secret) {
  return revealed ? secret : `${secret.slice(0, Math.min(SHOWN, Math.floor(secret.length / 3)))}…`;
}

/** The value of a form's or a query's field. */
export function field(name, value) {
  return IS_FIELD.test(name) ? shown(value) : value;
}

/** A header's value. The scheme of credentials is no secret. */
export function header(name, value) {
  if (!HEADERS.test(name)) return value;
  const [, scheme, rest] = /^(\S+ )?(.*)$/s.exec(value);
  return `${scheme ?? ''}${shown(rest)}`;
}

/** A query, a form or JSON as it was sent. */
export function text(raw) {
  return raw
    .replace(IN_FORM, (all, before, name, value) => `${before}${name}=${shown(value)}`)
    .replace(IN_JSON, (all, before, value) => `${before}${shown(value)}`);
}

/** What HTTP Basic says (RFC 7617), if a header is that. */
export function basic(name, value) {
  const encoded = /^authorization$/i.test(name) && /^basic (.+)$/i.exec(value)?.[1];
  if (!encoded) return null;
  try {
    const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
    const [id, ...secret] = new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(':');
    return `${id} : ${shown(secret.join(':'))}`;
  } catch {
    return 'not Base64 of UTF-8';
  }
}
