'use strict';

// A call of an operation, from a method's arguments to its answer. The core checks the arguments and makes the
// request; a client with a callApi of its own is given the parts of it, as the published package gives them.

const { exchange, finish } = require('./calls.cjs');
const { connection: connectionOf } = require('./connection.cjs');
const { readValue } = require('./methods.cjs');
const native = require('./native.cjs');
const { argumentsOf, bodyOf } = require('./operationJson.cjs');
const options = require('./options.cjs');
const { hasOwnCallApi, throughCallApi } = require('./ownCallApi.cjs');
const { typeOf } = require('./wireTypes.cjs');

/**
 * Calls a method of `methods.cjs`. What is wrong with its arguments themselves is thrown now; what the core says of
 * them comes as the call's failure.
 *
 * @param {ApiClient} client
 * @param {object} method
 * @param {unknown[]} given what the method was called with.
 * @param {(answer: object) => unknown} pick what the promise gives of the answer.
 */
function invoke(client, method, given, pick) {
  const { values, own, callback } = read(method, given);
  const handle = {};
  return finish(perform(client, method, values, own, handle), callback, handle, pick);
}

/** The arguments by name, the call's own options, and the callback. */
function read({ name, positional, arguments: all, known, aliases }, given) {
  const values = new Map();
  positional.forEach((one, at) => values.set(one.name, options.readRequired(name, one.name, given[at], readValue)));
  const [opts, callback] = given.slice(positional.length);
  const [own, told] = options.readArguments(known, opts, callback, aliases);
  for (const { name: option, required } of all) {
    if (values.has(option)) continue;
    if (required) options.readRequired(name, option, own[option], readValue);
    values.set(option, own[option]);
    delete own[option];
  }
  return { values, own, callback: told };
}

function perform(client, method, values, { checks, tokens, ...own }, handle) {
  const request = written(method, values, checks ?? client.checks);
  const manager = tokens ?? client.tokens;
  const attempt = (token) => {
    // The client may have been given another address while a token was waited for.
    if (token !== undefined) require('./TokenManager.cjs').check(manager, client.basePath);
    const direct = method.operation !== undefined && !hasOwnCallApi(client);
    return direct ? overBorder(client, method, values, request, own, token, handle) : throughSeam(client, method, values, request, own, token, handle);
  };
  if (manager === undefined || manager === null || method.auth.includes('basic')) return attempt();
  options.readTokens('tokens', manager);
  require('./TokenManager.cjs').check(manager, client.basePath);
  return withToken(manager, own.signal, handle, attempt);
}

/** The call for the native half, as far as it has anything to say about it. */
function written({ operation, arguments: all }, values, checks) {
  const isGiven = ({ name }) => values.get(name) !== undefined && values.get(name) !== null;
  const pairs = all.filter((one) => one.place !== 'body' && isGiven(one)).map(({ name, wire }) => [wire, name, values.get(name)]);
  const body = all.find((one) => one.place === 'body' && isGiven(one));
  return {
    name: operation,
    arguments: argumentsOf(pairs),
    body: body && bodyOf(body.name, values.get(body.name)),
    checks: checks === undefined || checks === null ? undefined : options.readChecks('checks', checks),
  };
}

/** With an account's token, and once more with a new one if the first is refused. */
async function withToken(manager, signal, handle, attempt) {
  const wait = signal === undefined ? undefined : { signal };
  const token = await manager.accessToken(wait);
  stopIfAborted(handle);
  try {
    const { error, ...answer } = await attempt(token);
    if (error === undefined) return answer;
    throw error;
  } catch (error) {
    const refused = Number.isInteger(error?.status) && manager.refused(token, error.status, error.response?.text ?? '');
    if (!refused) throw error;
  }
  const next = await manager.accessToken(wait);
  stopIfAborted(handle);
  return attempt(next);
}

function stopIfAborted(handle) {
  if (handle.aborted) throw new DOMException('The call was aborted', 'AbortError');
}

function overBorder(client, method, values, request, { signal, timeout, connectTimeout, headers: own }, accessToken, handle) {
  const { userAgent, headers } = options.splitHeaders(client, own);
  const connection = connectionOf(client, { userAgent, accessToken });
  const { verb, path, operation } = method;
  const how = { client, connection, signal, timeout, connectTimeout, headers, method: verb, path, operation };
  return answered(client, method, exchange(how, (calls, over, limits) => calls.operation(over, request, limits), handle));
}

/** What the answer is read as. */
function answerType({ returns }) {
  return typeOf(returns, (name) => require('./wireModels.cjs').model(name));
}

/** The answer came: what goes wrong from now on is told beside it. */
async function answered(client, method, exchanged) {
  const { response } = await exchanged;
  return { data: client.deserialize(response, answerType(method)), response };
}

function throughSeam(client, method, values, request, own, token, handle) {
  if (method.operation !== undefined) {
    const { error } = native.checkOperation(request);
    if (error) return Promise.reject(new (require('./ApiError.cjs').ApiError)(error, { method: method.verb, path: method.path }));
  }
  const { pathParams, queryParams, formParams, body } = parts(client, method, values);
  const headers = token === undefined ? own.headers : [...(own.headers ?? []), ['Authorization', `Bearer ${token}`]];
  const asked = {
    path: method.path,
    method: method.verb,
    pathParams,
    queryParams,
    form: formParams,
    body,
    auth: method.auth,
    contentTypes: contentTypes(method),
    returnType: answerType(method),
  };
  return throughCallApi(client, asked, { ...own, headers }, handle);
}

/** Arguments where the published package puts them; an option that is not given is there without a value. */
function parts(client, { arguments: all, isForm }, values) {
  const [pathParams, queryParams] = [{}, {}];
  let body = null;
  for (const { name, place, wire, late } of all) {
    const value = values.get(name);
    if (place === 'path') pathParams[wire] = value;
    else if (place === 'body') body = value ?? null;
    else if (place === 'deep') Object.assign(queryParams, deep(wire, value));
    else if (!late || (value !== undefined && value !== null)) queryParams[wire] = place === 'query' ? value : collected(client, value, place);
  }
  return isForm ? { pathParams, queryParams, formParams: body ?? {}, body: null } : { pathParams, queryParams, formParams: {}, body };
}

function collected(client, value, style) {
  if (typeof client.buildCollectionParam === 'function') return client.buildCollectionParam(value, style);
  const { buildCollectionParam, paramToString } = require('./parameters.cjs');
  return buildCollectionParam(value, style, paramToString);
}

function deep(name, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { [name]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, item]) => deep(`${name}[${key}]`, item)));
}

function contentTypes({ arguments: all, isForm }) {
  if (!all.some(({ place }) => place === 'body')) return [];
  return [isForm ? 'application/x-www-form-urlencoded' : 'application/json'];
}

module.exports = { invoke };
