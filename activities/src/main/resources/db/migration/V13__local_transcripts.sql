-- What a speech recogniser of our own wrote down of each segment; no lines where nobody speaks. What a model heard is in
-- model_answers.
CREATE TABLE local_transcripts (
    organization_id uuid    NOT NULL,
    stream_id       uuid    NOT NULL,
    segment         integer NOT NULL CHECK (segment >= 0),
    lines           json    NOT NULL,
    PRIMARY KEY (organization_id, stream_id, segment),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE
);
