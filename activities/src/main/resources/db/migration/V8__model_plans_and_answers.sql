-- Which windows of a stream the model is asked about, in the order of asking: a stream that is interrupted goes on asking
-- by the same plan.
CREATE TABLE model_plans (
    organization_id uuid             NOT NULL,
    stream_id       uuid             NOT NULL,
    window_number   integer          NOT NULL CHECK (window_number >= 0),
    start_time      double precision NOT NULL CHECK (start_time >= 0),
    end_time        double precision NOT NULL,
    why             text             NOT NULL CHECK (why IN ('everything', 'promising', 'exploring')),
    PRIMARY KEY (organization_id, stream_id, window_number),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE,
    CHECK (end_time > start_time)
);

-- What the model's answer about a window means in stream time, as scoring reads it. What was asked in which words, and what
-- it cost, is in model_windows.
CREATE TABLE model_answers (
    organization_id uuid    NOT NULL,
    stream_id       uuid    NOT NULL,
    window_number   integer NOT NULL,
    -- Null: there is none that can be used, and reason says why. With a reason, too: it rests on less than all of the window.
    moments         json,
    transcript      json    NOT NULL DEFAULT '[]',
    reason          text,
    PRIMARY KEY (organization_id, stream_id, window_number),
    FOREIGN KEY (organization_id, stream_id, window_number)
        REFERENCES model_plans (organization_id, stream_id, window_number) ON DELETE CASCADE,
    CHECK (moments IS NOT NULL OR reason IS NOT NULL)
);

-- What the model calls a moment, and why rules scored it in the model's place.
ALTER TABLE candidates ADD COLUMN title text, ADD COLUMN description text, ADD COLUMN degraded text;
ALTER TABLE highlights ADD COLUMN degraded text;
