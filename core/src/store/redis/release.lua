-- Gives the lease up, if it is ours.
-- KEYS: account, lease. ARGV: owner.
if redis.call('GET', KEYS[2]) == ARGV[1] then
  return redis.call('DEL', KEYS[2])
end
return 0
