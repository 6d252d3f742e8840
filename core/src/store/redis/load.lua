-- What is kept.
-- KEYS: account.
return redis.call('HGET', KEYS[1], 'record')
