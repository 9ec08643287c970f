-- How much did each interface carry, and did it drop or err?
-- needs: net_dev_rate
-- look for: drop, fifo and errs above zero beside retransmits of the same seconds.
SELECT iface,
       round(sum(rx_bytes_delta) * 8 / 1000 / sum(interval_s), 1) AS rx_kbit_s,
       round(sum(tx_bytes_delta) * 8 / 1000 / sum(interval_s), 1) AS tx_kbit_s,
       sum(rx_packets_delta) AS rx_packets,
       sum(tx_packets_delta) AS tx_packets,
       sum(rx_errs_delta) AS rx_errs,
       sum(rx_drop_delta) AS rx_drop,
       sum(tx_errs_delta) AS tx_errs,
       sum(tx_drop_delta) AS tx_drop
FROM net_dev_rate
WHERE NOT reset
GROUP BY host, netns, iface
ORDER BY rx_kbit_s + tx_kbit_s DESC, iface;
;
