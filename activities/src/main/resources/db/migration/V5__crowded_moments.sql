-- A moment that would be a highlight if fewer were stronger.
ALTER TABLE candidates DROP CONSTRAINT candidates_rule_check;
ALTER TABLE candidates ADD CONSTRAINT candidates_rule_check CHECK (
    rule IN ('selected', 'below_threshold', 'crowded', 'merged', 'too_short', 'overlap', 'cooldown', 'beyond_max_highlights'));
