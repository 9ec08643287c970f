-- Which TCP counters moved during the recording?
-- needs: counter_rate
-- look for: TCPTimeouts, TCPLostRetransmit, ListenOverflows, TCPAbortOnMemory, RetransSegs: all should be near zero on a healthy host.
-- param: top = 40: how many counters to show
SELECT proto, name, sum(delta) AS change, round(sum(delta) / sum(interval_s), 1) AS per_second
FROM counter_rate
WHERE proto IN ('Tcp', 'TcpExt', 'MPTcpExt') AND NOT reset
GROUP BY host, netns, source, proto, name
HAVING change > 0
ORDER BY change DESC, proto, name
LIMIT getvariable('top');
