// What every operation has in common, and all of its pages.

import type { TokenManager } from './tokens.js';
import type { CallOptions } from './types.js';

/** Options of every operation beside its own. */
export interface OperationOptions extends CallOptions {
  /**
   * What is checked before anything is sent: types, limits and what has to be there (`usual`, the default), also whether
   * values are among those that are known (`strict`), or nothing but what no request can be made without (`off`). What
   * does not fit fails the call with an `ApiError` of kind `InvalidInput`.
   */
  checks?: 'off' | 'usual' | 'strict' | null | undefined;
  /** Whose token the call carries; a new one if it is refused. In place of the client's `tokens`. */
  tokens?: TokenManager | null | undefined;
}

/** The names of an API's methods that answer in pages. */
export type PagedMethod<Api> = {
  [Name in keyof Api]: Api[Name] extends (...given: any[]) => PromiseLike<infer Page> ? ('bookmark' extends keyof Page ? Name : never) : never;
}[keyof Api] &
  string;

/** The items of every page, in `for await`. */
export interface Pages<Page> extends AsyncIterable<Page extends { items?: ReadonlyArray<infer Item> } ? Item : any> {
  /** The pages themselves, as the method gives them. */
  pages(): AsyncGenerator<Page, void, undefined>;
}

/**
 * All items of an operation that answers in pages, each page asked for when the one before is used up; `.pages()` gives the
 * pages. After the method's name comes what the method takes, a `bookmark` to begin with and a `signal` among it, and no
 * callback. What a call fails with is thrown by the loop. A bookmark that was there before ends it with an `ApiError` of kind
 * `Protocol`, after the items of that page. A method that does not answer in pages is a `TypeError`, thrown at once.
 *
 *     for await (const board of paginate(new BoardsApi(), 'boardsList', { pageSize: 100 })) console.log(board.name);
 */
export declare function paginate<Api extends object, Name extends PagedMethod<Api>>(
  api: Api,
  method: Name,
  ...given: any[]
): Pages<Api[Name] extends (...given: any[]) => PromiseLike<infer Page> ? Page : never>;
