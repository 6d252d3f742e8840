// What every operation has in common, all of its pages, and what failed of its items.

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

/** One item that failed although the call succeeded. */
export interface ItemFailure {
  /** Where the answer says so: `items[2].exceptions[0]`. */
  place: string;
  /** The item's number in its list, from 0. */
  item: number | null;
  /** Pinterest's code for it. */
  code: number | null;
  /** What Pinterest says of it. */
  message: string | null;
  /** All that Pinterest says of it. */
  value: any;
}

/**
 * What failed of the items that a call was about: an answer of success to many items says it of each by itself. `data` is
 * what the method gave. A response says the same of itself, in `failures`.
 *
 *     const made = await campaigns.campaignsCreate({ adAccountId, body });
 *     for (const { item, message } of failuresIn(campaigns, 'campaignsCreate', made)) console.error(item, message);
 */
export declare function failuresIn<Api extends object>(api: Api, method: keyof Api & string, data: unknown): ItemFailure[];
