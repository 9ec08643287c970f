-- How a cumulative counter grew between two readings of one socket, interface or host. NULL where one of them is missing,
-- and where the later one is lower and no wrap explains it: then it began anew.
CREATE MACRO grown(later, earlier) AS CASE WHEN later >= earlier THEN later - earlier END;

-- The same of a counter that the kernel keeps in 32 bits. Lower is a wrap where the growth is then one that TCP can reach:
-- below 2^27 a second (a segment for each of 100 million packets) and below half of the range; else it began anew.
CREATE MACRO grown32(later, earlier, seconds) AS
  CASE WHEN later >= earlier THEN later - earlier
       WHEN later + 4294967296 - earlier < least(2147483648, 134217728 * seconds) THEN later + 4294967296 - earlier END;

-- The same of a counter in 16 bits, of events that take milliseconds: total_rto.
CREATE MACRO grown16(later, earlier, seconds) AS
  CASE WHEN later >= earlier THEN later - earlier
       WHEN later + 65536 - earlier < least(32768, 1000 * seconds) THEN later + 65536 - earlier END;

-- The same of an unsigned long, 64 bits on most hosts: it wraps at 2^32 on 32-bit ones only. The growth must be below half
-- of the range; no rate limit, as bytes are counted too, and a fast link wraps within seconds.
CREATE MACRO grown_long(later, earlier, is_32bit) AS
  CASE WHEN later >= earlier THEN later - earlier
       WHEN is_32bit AND earlier < 4294967296 AND later + 4294967296 - earlier < 2147483648
       THEN later + 4294967296 - earlier END;

-- Whether a counter began anew: lower than before, and no growth that a wrap explains.
CREATE MACRO fell(later, earlier, growth) AS coalesce(later < earlier AND growth IS NULL, false);

-- A line of values in eight heights, from the lowest to the highest: of a list, or of a column in the order of another, as
-- spark(rtt, ts). At most 24 characters, each the highest of its share of the values; a blank where all of them are NULL.
CREATE MACRO spark_step(l, n, k) AS list_max(l[(k * len(l) // n + 1):((k + 1) * len(l) // n)]);
CREATE MACRO spark_line(l, n) AS list_aggregate(list_transform(range(n), lambda k:
  CASE WHEN spark_step(l, n, k) IS NULL THEN ' '
       WHEN list_max(l) = list_min(l) THEN '▁'
       ELSE substr('▁▂▃▄▅▆▇█', 1 + round(7 * (spark_step(l, n, k) - list_min(l)) / (list_max(l) - list_min(l)))::INT, 1) END),
  'string_agg', '');
CREATE MACRO spark(l) AS list_transform([l], lambda v: spark_line(v, least(24, len(v))))[1],
  (x, t) AS list_transform([list(x ORDER BY t)], lambda v: spark_line(v, least(24, len(v))))[1];
COMMENT ON MACRO spark IS 'A line of values in eight heights, of a list or of a column in the order of another: spark(rtt, ts).';
