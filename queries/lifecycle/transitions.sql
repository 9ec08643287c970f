-- Which state changes were seen between ticks?
-- needs: tcp
-- look for: many ESTABLISHED to CLOSE_WAIT (peers leave), SYN_SENT that stays; short lives fall between ticks.
WITH steps AS (
  SELECT state, lag(state) OVER (PARTITION BY host, netns, conn ORDER BY ts, sl) AS before
  FROM tcp
)
SELECT before, state AS after, count(*) AS changes
FROM steps
WHERE before <> state
GROUP BY ALL
ORDER BY changes DESC, before, after;
