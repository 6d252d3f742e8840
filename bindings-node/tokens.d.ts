// Types of tokens that stay: the manager, and where it keeps them.

import type { ApiError, ErrorKind } from './errors.js';
import type { Location, Signal } from './globals.js';
import type { OauthAccessTokenResponse } from './models.js';
import type { ApiClient } from './types.js';

/** Tokens that live as long as the process. Managers that are given the same one share them. */
export declare class MemoryStore {
  constructor();
  /** Tells it from other stores. */
  private readonly kind;
}

/**
 * Files, one an account, that processes share: of all of them one renews. Each is private to its owner, and is
 * replaced as a whole or not at all.
 */
export declare class FileStore {
  /**
   * @param options `folder`: where; unless given, the data folder of the command line, whose profiles are the accounts.
   *   `key`: what the files are sealed with (ChaCha20-Poly1305); without it they are private, and plain. One that is
   *   there and not set, such as `process.env.KEY` where there is none, is a TypeError.
   */
  constructor(options?: { folder?: string | null | undefined; key?: StoreKey } | null);
  /**
   * Seals the files of an account, or of all, with the first key; gives the accounts that it changed. To change the
   * key, give the store `key: [new, old]`, call this, and take the old one away. What is plain is sealed as well; until
   * then a store with a key refuses it. Where the keys come from is asked anew. Each file is replaced as a whole or not at
   * all: after an interruption do it again. Managers may use the files meanwhile, if they have both keys.
   *
   * It rejects with an `ApiError` of kind `Store` if there is no key, a file cannot be opened with any of the keys, read
   * or replaced, or an account is in use for longer than a minute; once the other accounts are sealed.
   */
  reseal(account?: string | null): Promise<string[]>;
  /** Tells it from other stores. */
  private readonly kind;
}

/** 32 random bytes, or the same as a text in Base64. */
type Key = Uint8Array | string;

/**
 * What files are sealed with: a key, or some of which the first seals and the others only open; a function that gives
 * such, of a keyring say, at once or later; a file that holds the 32 bytes or a line of Base64 for each key; a variable of
 * the environment with Base64. A word that somebody thought of is no key.
 */
export type StoreKey =
  | Key
  | readonly Key[]
  | (() => Key | readonly Key[] | null | undefined | Promise<Key | readonly Key[] | null | undefined>)
  | { file: string }
  | { variable: string };

/**
 * Gives a store its key out of the system's keyring, with the package `@napi-rs/keyring`, which is yours to install.
 * The key has to be there: `pinterest login --keyring` puts one there, and so does
 * `new Entry('pinterest-sdk', 'token key').setPassword(randomBytes(32).toString('base64'))`.
 *
 * @param options `service`: `pinterest-sdk` unless given; `name`: `token key` unless given.
 */
export declare function keyringKey(
  options?: { service?: string | null | undefined; name?: string | null | undefined } | null,
): () => Promise<string>;

/** A connection of `redis` (node-redis) or `ioredis`, to one server or a cluster, as far as it is used. */
export type RedisConnection =
  | { evalSha(...given: any[]): Promise<unknown>; eval(...given: any[]): Promise<unknown> }
  | { evalsha(...given: any[]): Promise<unknown>; eval(...given: any[]): Promise<unknown> };

/**
 * Redis, Valkey or what else runs its scripts, for processes of many machines. Addresses, TLS, user, cluster and
 * reconnecting are the connection's. One who lost his lease, because he was stopped for longer, changes nothing any more.
 */
export declare class RedisStore {
  /** @param connection open, and kept open until the manager's `close` has returned. A cluster or primary, no replica. */
  constructor(connection: RedisConnection);
  /** Tells it from other stores. */
  private readonly kind;
}

/** A lock of a store of your own: what gives it up, or an object that does. */
export type TokenStoreLock =
  | (() => unknown)
  | {
      release(): unknown;
      /** Where they are there, they are used in place of the store's: of a database's transaction. */
      load?: TokenStore['load'] | undefined;
      compareAndSwap?: TokenStore['compareAndSwap'] | undefined;
    };

/**
 * A place of your own for tokens, a database say. It keeps a text for each key and decides nothing. Methods may
 * give promises; what they throw is the `cause` of an `ApiError` of kind `Store`. `load` and `compareAndSwap` are
 * waited for 30 seconds.
 */
export interface TokenStore {
  /** The text that is kept for a key, exactly as it was given; nothing without one. */
  load(key: string): string | null | undefined | Promise<string | null | undefined>;
  /**
   * Keeps `text` durably (`null`: removes it) if `expected` is what is kept, `null` for nothing; whether it was so.
   */
  compareAndSwap(key: string, expected: string | null, text: string | null): boolean | Promise<boolean>;
  /**
   * Waits, so many seconds, until nobody else has the key locked, in any process, and locks it. One whose
   * process has died must not stay locked.
   */
  lock(key: string, seconds: number): TokenStoreLock | Promise<TokenStoreLock>;
}

/** What happened. Releases may add to these. */
export type TokenEventKind =
  | 'Refreshed'
  | 'RefreshFailed'
  | 'NotKept'
  | 'SetAside'
  | 'ReauthorizationSoon'
  | 'ReauthorizationNeeded'
  | (string & {});

/**
 * What happened to an account's tokens. `Refreshed`: there is a new one, of this program or another.
 * `RefreshFailed`: a renewal failed; a token that is valid is given out as before. `NotKept`: the store does not
 * take a new token; it is tried again. `SetAside`: what stood beside the tokens and could not be read or ranked was
 * kept, and `error` says where. `ReauthorizationSoon`: a person has to authorize again before `at`, unless the token
 * is renewed by then. `ReauthorizationNeeded`: they have to now.
 */
export interface TokenEvent {
  kind: TokenEventKind;
  account: string;
  error?: ApiError | undefined;
  /** Seconds since 1970. */
  at?: number | undefined;
}

/** What can be done with an account's tokens now. Releases may add to these. */
export type TokenState = 'Fresh' | 'Stale' | 'Expired' | 'ReauthorizationRequired' | (string & {});

/** From when to when a token is valid, in seconds since 1970. */
export interface TokenLife {
  issuedAt: number;
  /** Not there if Pinterest did not say. */
  expiresAt?: number | undefined;
}

/** How an account's tokens stand. It holds no secret. */
export interface TokenStatus {
  /** `Stale`: valid, and to be renewed. `Expired`: renewed when it is asked for. */
  state: TokenState;
  /** Separated by spaces or commas, if known. */
  scope?: string | undefined;
  accessLife?: TokenLife | undefined;
  refreshLife?: TokenLife | undefined;
  /** The last renewal that failed, if none has worked since. */
  failure?: TokenFailure | undefined;
  /** Whether new tokens were asked for, and whoever asked has not said yet what came of it. */
  asked: boolean;
  /** Whether newer tokens than the store's are in this process alone. */
  unsaved: boolean;
  /** What the store is, and where. */
  store: string;
}

/** A renewal that failed; moments are in seconds since 1970. */
export interface TokenFailure {
  /** How many failed one after another, within a day. */
  failures: number;
  failedAt: number;
  /** No early renewal before this. */
  until: number;
  kind: ErrorKind;
  message: string;
}

/** How a `TokenManager` is made. Every option may also be written in snake_case. */
export interface TokenManagerOptions {
  /** `ApiClient.instance` unless given; app id and secret are its `authentications['basic']`. Its settings are read now. */
  client?: ApiClient | null | undefined;
  store: MemoryStore | FileStore | RedisStore | TokenStore;
  /** Whose tokens, such as a user's id in your database: letters, digits, `-`, `_`, `@`, `+`, and, not first, `.`; at most 64. */
  account: string;
  /** How long a call waits for a token that has to be renewed first, in milliseconds: 60,000 unless set. 0 is no limit. */
  wait?: number | null | undefined;
  /**
   * The scopes to ask for with the app's own credentials, where there are no tokens yet, or the app's own that were asked for
   * without one of these; no person authorizes.
   */
  clientCredentials?: readonly string[] | string | null | undefined;
  client_credentials?: readonly string[] | string | null | undefined;
  /** Told what happens. What it throws, or rejects with, is a warning of the process. */
  onEvent?: ((event: TokenEvent) => unknown) | null | undefined;
  on_event?: ((event: TokenEvent) => unknown) | null | undefined;
}

/** How long to wait for a token. */
export interface TokenWaitOptions {
  /** Ends the waiting, with its reason. The renewal goes on, and what comes of it is kept. */
  signal?: Signal | null | undefined;
}

/** What the platform's `fetch` takes and gives. */
type Fetch = typeof globalThis extends { fetch: infer Of extends (...given: any[]) => any }
  ? Of
  : (input: string | Location, init?: object) => Promise<any>;

/**
 * Gives out valid access tokens of an account, and renews them in time: one of all processes that share the
 * store does, and nobody who stops waiting ends a renewal. The process stays alive until what was begun is kept,
 * for some minutes at most.
 *
 * Options of a wrong type, and a client with a `callApi` of its own, are a `TypeError`; otherwise what fails is an
 * `ApiError`: `ReauthorizationRequired` if a person has to authorize, `Store` for trouble with the store.
 */
export declare class TokenManager {
  /** Nothing is read yet. Throws an `ApiError` of kind `InvalidInput` without an app id, or for an account that is no name. */
  constructor(options: TokenManagerOptions);
  /** Whose tokens it gives out. */
  readonly name: string;
  /** The manager of another account, with the same client, store and options. It costs little: one for each request will do. */
  account(name: string): TokenManager;
  /** A valid token: the one in memory, the store's, or a new one. While the old one is valid it is renewed behind. */
  accessToken(options?: TokenWaitOptions | null): Promise<string>;
  /** The same as the value of the header `Authorization`. */
  authorizationHeader(options?: TokenWaitOptions | null): Promise<string>;
  /** Says that the API refused a token: it is not given out again. Any other than the current one counts for nothing. */
  invalidate(token: string): void;
  /**
   * Says how the API answered a request with a token: whether the same request may do better with another one, which
   * `accessToken` gives then. The token was invalidated in that case. A 401 is its fault, unless Pinterest says that it
   * lacks a scope or that the app may not do this, or it took a refused one's place within the last minute.
   */
  refused(token: string, status: number, body: string): boolean;
  /** A new token now; somebody else's, if they have just renewed it. */
  refresh(options?: TokenWaitOptions | null): Promise<string>;
  /**
   * Keeps an answer's tokens in place of the account's: those of `oauthToken`, `login` or `complete`, or a row with
   * such fields: texts, and ends as seconds or milliseconds since 1970 or as a `Date`. If they could not be kept the
   * error's `outcome` is `Unknown`: they are used, and kept as soon as can be. Tokens that came after them, by renewal or
   * a later login, stay, and it gives theirs: `forget` first to go back.
   */
  adopt(
    response: OauthAccessTokenResponse | { access_token: string; [field: string]: unknown },
  ): Promise<string>;
  /** How the tokens stand in the store. */
  status(): Promise<TokenStatus>;
  /** Ends the tokens at Pinterest, and forgets them. They stay if Pinterest refuses. */
  revoke(): Promise<void>;
  /** Forgets the tokens; whether there were any. Pinterest accepts them until they expire. */
  forget(): Promise<boolean>;
  /**
   * Waits until nothing of any account is being renewed, and everything is kept; whether that is so.
   *
   * @param timeout milliseconds; 10,000 unless given, as in every language.
   */
  close(timeout?: number | null): Promise<boolean>;
  /**
   * The platform's `fetch` with the token in its header. After a 401 the token is renewed once, and the request sent
   * once more unless its body was a stream or a `Request`'s; if there is no newer token, the 401 is the answer. A redirect
   * is not followed. An address that is not on the client's own host is a `TypeError`.
   */
  readonly fetch: (...given: Parameters<Fetch>) => ReturnType<Fetch>;
}
