-- Makes the lease last; one that is gone is taken again, if nobody has had it since. 0 if somebody has.
-- KEYS: account, lease. ARGV: owner, time to live in milliseconds, fencing token.
local holder = redis.call('GET', KEYS[2])
local fence = tonumber(redis.call('HGET', KEYS[1], 'fence') or 0)
if holder and holder ~= ARGV[1] or fence > tonumber(ARGV[3]) then
  return 0
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
