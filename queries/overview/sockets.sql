-- Which sockets does the machine have: who listens, and who is connected to whom?
-- needs: tcp_info
-- look for: the last tick of the recording; a queue that is not empty; a timer that is armed; an RTT that is out of line.
-- param: top = 40: how many sockets to show
SELECT state,
       local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       coalesce(rx_queue, accept_queue) AS recv_q,
       coalesce(tx_queue, accept_backlog) AS send_q,
       timer,
       round(nullif(rtt, 0) / 1000, 3) AS rtt_ms,
       snd_cwnd AS cwnd,
       cong,
       uid
FROM tcp_info
WHERE snapshot_id = (SELECT max(snapshot_id) FROM tcp_info)
ORDER BY state = 'TIME_WAIT', state = 'LISTEN', state, local, remote
LIMIT getvariable('top');
