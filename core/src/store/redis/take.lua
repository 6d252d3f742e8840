-- Takes the lease, if nobody has it, and gives its fencing token: higher than that of everybody who had it before.
-- Who asks again, because the answer was lost, has it already. 0 if it is somebody else's.
-- KEYS: account, lease. ARGV: owner, time to live in milliseconds.
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
local fence = tonumber(redis.call('HGET', KEYS[1], 'fence'))
if holder and fence then
  return fence
end
return redis.call('HINCRBY', KEYS[1], 'fence', 1)
