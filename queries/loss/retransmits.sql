-- Which connections retransmit the largest share of what they send?
-- needs: connection_rate
-- look for: more than one percent on a local network, several on the Internet; lost and reordering say whether it is loss.
-- param: top = 20: how many connections to show
SELECT local_addr || ':' || local_port AS local,
       remote_addr || ':' || remote_port AS remote,
       sum(total_retrans_delta) AS retrans,
       sum(data_segs_out_delta) AS data_segs_out,
       round(100.0 * retrans / nullif(sum(data_segs_out_delta), 0), 2) AS retrans_percent,
       max(lost) AS max_lost,
       max(reordering) AS max_reordering,
       sum(dsack_dups_delta) AS dsack_dups
FROM connection_rate
GROUP BY host, conn, cookie, local_addr, local_port, remote_addr, remote_port
HAVING retrans > 0
ORDER BY retrans DESC, local, remote
LIMIT getvariable('top');
