-- Where did the congestion window collapse?
-- needs: tcp_info
-- look for: cuts of many connections in the same tick: a common bottleneck; ca_state says recovery (3) or loss, that is a time-out (4).
-- param: top = 20: how many cuts to show
WITH steps AS (
  SELECT ts, host, conn, local_addr, local_port, remote_addr, remote_port,
         ca_state, snd_cwnd, snd_ssthresh, total_retrans,
         lag(snd_cwnd) OVER w AS cwnd_before,
         lag(total_retrans) OVER w AS retrans_before
  FROM tcp_info
  WHERE row_kind = 'socket' AND state <> 'LISTEN' AND snd_cwnd IS NOT NULL
  WINDOW w AS (PARTITION BY host, cookie ORDER BY ts)
)
SELECT ts,
       local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       cwnd_before,
       snd_cwnd,
       snd_ssthresh,
       ca_state,
       total_retrans - retrans_before AS retrans
FROM steps
WHERE snd_cwnd < cwnd_before
ORDER BY cwnd_before - snd_cwnd DESC, ts, local, remote
LIMIT getvariable('top');
