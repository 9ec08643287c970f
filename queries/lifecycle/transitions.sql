-- Which state changes were seen between ticks?
-- needs: transition
-- look for: many ESTABLISHED to CLOSE_WAIT (peers leave), SYN_SENT that stays; short lives fall between ticks.
SELECT before, after, count(*) AS changes
FROM transition
GROUP BY ALL
ORDER BY changes DESC, before, after;
