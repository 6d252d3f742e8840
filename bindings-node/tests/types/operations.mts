// A user's program with operations, compiled as strictly as it goes.

import PinterestSdk, { ApiClient, BoardsApi, CampaignsApi, Board, CatalogsApi, Paginated, PinsApi, TokenManager, UserAccountApi, failuresIn, paginate } from 'pinterest-sdk';
import type { Requests, Schemas } from 'pinterest-sdk';

declare const tokens: TokenManager;
const client = new ApiClient();
client.checks = 'strict';
client.tokens = tokens;
const boards = new BoardsApi(client);

// The published package's form, with a callback and with a promise.
boards.boardsGet('1', (error, board, response) => {
  const name: string = board?.name ?? String(response?.status);
  console.log(name);
});
const board: Board = await boards.boardsGet('1', { adAccountId: '2', signal: new AbortController().signal });
const made: PinterestSdk.Board = await boards.boardsCreate({ name: 'n', privacy: 'PUBLIC' });
const page: Paginated<Schemas.Board> = await boards.boardsList({ pageSize: 5, privacy: 'SECRET' });
const [first] = page.items;
const count: number | null | undefined = first?.pin_count;
const { data, response } = await boards.boardsGetWithHttpInfo('1');
boards.boardsDelete('1').abort();
console.log(board.id, made.owner?.username, count, data.name, response.status);

// Every other operation takes one object.
const query: Requests.CampaignsList = { adAccountId: '1', campaignIds: ['1'], order: 'ASCENDING', checks: 'off', tokens };
const campaigns = await new CampaignsApi().campaignsList(query);
for (const campaign of campaigns.items) console.log(campaign.id, campaign.status === 'ACTIVE');
const body: Schemas.PinCreate = { board_id: '1', media_source: { source_type: 'image_url', url: 'https://example.com/a.png' } };
const pins = new PinsApi(client);
const pin = await pins.pinsCreate(body);
const saved: Schemas.Pin = await pins.pinsSave({ pinId: '1', body: { board_id: '2' } });
const account: Schemas.Account = await new UserAccountApi().userAccountGet().then((one) => ({ ...one }) as Schemas.Account);
const items = await new CatalogsApi().itemsGet('US', ['a'], 'en');
console.log(pin.link, saved.id, account.username, items.items);

// Pages and their items have types.
for await (const one of paginate(boards, 'boardsList', { pageSize: 100 })) {
  const name: string = one.name;
  console.log(name);
}
for await (const one of paginate(new CampaignsApi(), 'campaignsList', { adAccountId: '1' })) console.log(one.objective_type);
for await (const one of paginate(boards, 'boardsList').pages()) console.log(one.bookmark, one.items.length);

// What failed of an answer of success.
const failed: PinterestSdk.ItemFailure[] = failuresIn(new CampaignsApi(), 'campaignsCreate', campaigns);
const codes: (number | null)[] = (await boards.boardsGetWithHttpInfo('1')).response.failures.map((one) => one.code);
console.log(failed[0]?.place, codes);
client.keepRateLimits = false;
client.rateLimitWait = 5000;
// @ts-expect-error: no method
failuresIn(boards, 'boardsMake', {});
// @ts-expect-error: of another type
client.keepRateLimits = 'no';

// A model may be given where its fields are, also one that came.
const model = new Board('n');
model.privacy = Board.PrivacyEnum.SECRET;
console.log(await boards.boardsCreate(model), await boards.boardsCreate(board));

// Enumerations are literals: of what is given those that are known, of an answer any.
const country: Schemas.Country = 'CH';
const days: Schemas.ConversionAttributionWindowDays = 30;
const newer = 'XX' as string as Schemas.Country;
console.log(country, newer, days, new PinterestSdk.Country().CH, Board.PrivacyEnum.SECRET);
const [campaign] = campaigns.items;
if (campaign?.status === 'ACTIVE' || campaign?.status === 'INVENTED_TOMORROW') console.log(campaign.id);
if (first?.privacy === 'INVENTED_TOMORROW' || board.privacy === 'INVENTED_TOMORROW') console.log(first?.id);
switch (account.account_type) {
  case 'BUSINESS':
  case 'INVENTED_TOMORROW':
    break;
  default: {
    const other: string | undefined = account.account_type;
    console.log(other);
  }
}
const mine: Schemas.CampaignCreateRequest = { ad_account_id: '1', name: 'n', objective_type: 'AWARENESS', status: 'PAUSED' };
console.log(mine);

// @ts-expect-error: no such country
const nowhere: Schemas.Country = 'XX';
// @ts-expect-error: a value that is none
void boards.boardsList({ privacy: 'SECRETS' });
// @ts-expect-error: a value that is none, in an object
void boards.boardsCreate({ name: 'n', privacy: 'SECRETS' });
// @ts-expect-error: a value that is none, in an object in a list
void new CampaignsApi().campaignsCreate({ adAccountId: '1', body: [{ ad_account_id: '1', name: 'n', objective_type: 'AWARENES' }] });
// @ts-expect-error: a value that is none, in a list
void new CampaignsApi().campaignsList({ adAccountId: '1', entityStatuses: ['ACTIV'] });
// @ts-expect-error: a misspelt field
void boards.boardsCreate({ name: 'n', privcy: 'SECRET' });
// @ts-expect-error: a misspelt field, in an object in a list
void new CampaignsApi().campaignsCreate({ adAccountId: '1', body: [{ ad_account_id: '1', nam: 'n', objective_type: 'AWARENESS' }] });
// @ts-expect-error: a misspelt method
void boards.boardsLists();

// @ts-expect-error: an argument is missing
void boards.boardsGet();
// @ts-expect-error: a required parameter is missing
void new CampaignsApi().campaignsList({});
// @ts-expect-error: an unknown option
void boards.boardsList({ pageSise: 5 });
// @ts-expect-error: of another type
void boards.boardsList({ pageSize: 'many' });
// @ts-expect-error: has no pages
paginate(boards, 'boardsGet', '1');
