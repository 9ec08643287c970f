-- How many sockets are in each TCP state, and how did that change over the recording?
-- needs: tcp
-- look for: a state that only grows; SYN_SENT and SYN_RECV that stay; many CLOSE_WAIT (an application that does not close).
WITH line AS ( -- netstat reads /proc/net/tcp: where a tick has both, a socket counts once
  SELECT *
  FROM tcp
  WHERE source <> 'netstat'
     OR (snapshot_id, family) NOT IN (SELECT DISTINCT snapshot_id, family FROM tcp WHERE source <> 'netstat')
), per_tick AS (
  SELECT snapshot_id, ts, state, count(*) AS sockets
  FROM line
  GROUP BY ALL
)
SELECT state,
       arg_min(sockets, ts) AS first_seen,
       arg_max(sockets, ts) AS last_seen,
       min(sockets) AS lowest,
       max(sockets) AS highest,
       count(*) AS ticks
FROM per_tick
GROUP BY state
ORDER BY state;
