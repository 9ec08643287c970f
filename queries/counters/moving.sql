-- Which TCP counters moved during the recording?
-- needs: counter
-- look for: TCPTimeouts, TCPLostRetransmit, ListenOverflows, TCPAbortOnMemory, RetransSegs: all should be near zero on a healthy host.
-- param: top = 40: how many counters to show
WITH ends AS (
  SELECT host, source, proto, name,
         arg_min(value, ts) AS first_value,
         arg_max(value, ts) AS last_value,
         epoch(max(ts) - min(ts)) AS seconds
  FROM counter
  WHERE proto IN ('Tcp', 'TcpExt', 'MPTcpExt')
  GROUP BY ALL
)
SELECT proto, name, last_value - first_value AS change, round((last_value - first_value) / seconds, 1) AS per_second
FROM ends
WHERE last_value <> first_value AND NOT (proto = 'Tcp' AND name = 'CurrEstab')
ORDER BY abs(change) DESC, proto, name
LIMIT getvariable('top');
