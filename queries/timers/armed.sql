-- Which timers are armed, in which states, and how far away are they?
-- needs: tcp
-- look for: retransmit timers with retrnsmt above zero; probe0; keepalive on sockets that should have been closed.
WITH line AS ( -- netstat reads /proc/net/tcp: where a tick has both, a socket counts once
  SELECT *
  FROM tcp
  WHERE source <> 'netstat'
     OR (snapshot_id, family) NOT IN (SELECT DISTINCT snapshot_id, family FROM tcp WHERE source <> 'netstat')
)
SELECT timer,
       state,
       count(*) AS rows,
       count(DISTINCT conn) AS connections,
       min(timer_ms) AS nearest_ms,
       max(timer_ms) AS farthest_ms,
       max(retrnsmt) AS max_retrnsmt
FROM line
WHERE timer <> 'none'
GROUP BY timer, state
ORDER BY timer, state;
