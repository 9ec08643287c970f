-- How much did each interface carry, and did it drop or err?
-- needs: net_dev
-- look for: drop, fifo and errs above zero beside retransmits of the same seconds.
SELECT iface,
       round((max(rx_bytes) - min(rx_bytes)) * 8 / 1000 / nullif(epoch(max(ts) - min(ts)), 0), 1) AS rx_kbit_s,
       round((max(tx_bytes) - min(tx_bytes)) * 8 / 1000 / nullif(epoch(max(ts) - min(ts)), 0), 1) AS tx_kbit_s,
       max(rx_packets) - min(rx_packets) AS rx_packets,
       max(tx_packets) - min(tx_packets) AS tx_packets,
       max(rx_errs) - min(rx_errs) AS rx_errs,
       max(rx_drop) - min(rx_drop) AS rx_drop,
       max(tx_errs) - min(tx_errs) AS tx_errs,
       max(tx_drop) - min(tx_drop) AS tx_drop
FROM net_dev
GROUP BY host, netns, iface
ORDER BY rx_kbit_s + tx_kbit_s DESC, iface;
