-- Puts a text in the place of another, if that is what is kept, and the lease is ours or nobody's since we had it:
-- who slept too long must not overwrite what others wrote. An empty text is none. It may be run again when the
-- answer was lost: what is kept already is kept. A lease that is gone is taken again: what was written may say that new
-- tokens are asked for, which nobody else does meanwhile. 0 if nothing was changed.
-- KEYS: account, lease. ARGV: owner, time to live in milliseconds, fencing token, expected text, new text.
local holder = redis.call('GET', KEYS[2])
local fence = tonumber(redis.call('HGET', KEYS[1], 'fence') or 0)
if holder and holder ~= ARGV[1] or fence > tonumber(ARGV[3]) then
  return 0
end
local kept = redis.call('HGET', KEYS[1], 'record') or ''
if kept ~= ARGV[4] and kept ~= ARGV[5] then
  return 0
end
if ARGV[5] == '' then
  redis.call('HDEL', KEYS[1], 'record')
else
  redis.call('HSET', KEYS[1], 'record', ARGV[5])
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
