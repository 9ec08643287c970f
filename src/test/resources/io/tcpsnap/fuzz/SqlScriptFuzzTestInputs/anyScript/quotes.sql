SELECT E'a\'b', 'it''s', "x""y", $t$ ; $t$, $1 -- c;
/* a /* b */ ; */; .tables;
;;SELECT 1_000.5;
SELECT 'open