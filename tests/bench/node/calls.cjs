'use strict';

// calls.cjs PACKAGE BASE_PATH IN_FLIGHT CALLS: the documented call; see lanes.cjs for what it prints.

const { measure } = require('./lanes.cjs');

const [folder, basePath, inFlight, calls] = process.argv.slice(2);
const PinterestSdk = require(`${folder}/node_modules/pinterest-sdk`);
const client = PinterestSdk.ApiClient.instance;
client.basePath = basePath;
client.authentications['basic'].username = '1234567';
client.authentications['basic'].password = '0123456789abcdef0123456789abcdef01234567';
const api = new PinterestSdk.OauthApi();

const call = () =>
  new Promise((resolve, reject) => {
    api.oauthToken('client_credentials', (error, data) => {
      if (error) reject(error);
      else if (data.access_token === undefined) reject(new Error('no token'));
      else resolve();
    });
  });

measure(call, inFlight, calls);
