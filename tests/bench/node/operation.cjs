'use strict';

// operation.cjs PACKAGE BASE_PATH operation|callApi IN_FLIGHT CALLS: the same GET as an operation or through callApi;
// see lanes.cjs for what it prints.

const { measure } = require('./lanes.cjs');

const [folder, basePath, form, inFlight, calls] = process.argv.slice(2);
const { ApiClient, BoardsApi } = require(`${folder}/node_modules/pinterest-sdk`);
const client = new ApiClient(basePath);
client.authentications['pinterest_oauth2'].accessToken = 'pina_x';
const boards = new BoardsApi(client);

const forms = {
  operation: () => boards.boardsGet('549755885175'),
  callApi: () =>
    client.callApi('/boards/{board_id}', 'GET', { board_id: '549755885175' }, {}, {}, {}, null, ['pinterest_oauth2'], [], ['application/json'], Object, null),
};

measure(forms[form], inFlight, calls);
