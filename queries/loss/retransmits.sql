-- Which connections retransmit the largest share of what they send?
-- needs: tcp_info
-- look for: more than one percent on a local network, several on the Internet; lost and reordering say whether it is loss.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       max(total_retrans) - min(total_retrans) AS retrans,
       max(data_segs_out) - min(data_segs_out) AS data_segs_out,
       round(100.0 * (max(total_retrans) - min(total_retrans))
             / nullif(max(data_segs_out) - min(data_segs_out), 0), 2) AS retrans_percent,
       max(lost) AS max_lost,
       max(reordering) AS max_reordering,
       max(dsack_dups) - min(dsack_dups) AS dsack_dups
FROM tcp_info
WHERE row_kind = 'socket' AND state <> 'LISTEN'
GROUP BY host, cookie, conn, local_addr, local_port, remote_addr, remote_port
HAVING retrans > 0
ORDER BY retrans DESC, local, remote
LIMIT getvariable('top');
