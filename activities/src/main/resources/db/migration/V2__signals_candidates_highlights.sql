-- One row a measured segment; one column a signal, so that a chart reads only the curves it draws. Null: the source cannot
-- have the signal; NaN: nothing to measure in that second.
CREATE TABLE signals (
    organization_id    uuid               NOT NULL,
    stream_id          uuid               NOT NULL,
    segment            integer            NOT NULL CHECK (segment >= 0),
    first_second       integer            NOT NULL CHECK (first_second >= 0),
    seconds            integer            NOT NULL CHECK (seconds >= 0),
    loudness           real[],
    band_bass          real[],
    band_low_mid       real[],
    band_high_mid      real[],
    band_treble        real[],
    onsets             real[],
    spectral_centroid  real[],
    spectral_flatness  real[],
    speech             real[],
    crowd              real[],
    music              real[],
    silence            real[],
    inter_bytes        real[],
    key_bytes          real[],
    frame_bytes_spread real[],
    motion             real[],
    cuts               real[],
    brightness         real[],
    saturation         real[],
    flash              real[],
    change             real[],
    stillness          real[],
    black              real[],
    -- Instants and stretches of stream time, seconds, ascending.
    cut_times          double precision[] NOT NULL,
    pause_starts       double precision[] NOT NULL,
    pause_ends         double precision[] NOT NULL,
    measured_at        timestamptz        NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, stream_id, segment),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE,
    CHECK (cardinality(pause_starts) = cardinality(pause_ends))
);

-- The decision ledger: every moment that was considered, and the rule that decided.
CREATE TABLE candidates (
    organization_id uuid             NOT NULL,
    stream_id       uuid             NOT NULL,
    number          integer          NOT NULL CHECK (number >= 0),
    start_time      double precision NOT NULL CHECK (start_time >= 0),
    end_time        double precision NOT NULL,
    peak_time       double precision NOT NULL,
    confidence      double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    type            text             NOT NULL,
    dimensions      jsonb            NOT NULL,
    reasons         jsonb            NOT NULL,
    start_edge      text             NOT NULL CHECK (start_edge IN ('cut', 'speech_pause', 'silence', 'score')),
    end_edge        text             NOT NULL CHECK (end_edge IN ('cut', 'speech_pause', 'silence', 'score')),
    rule            text             NOT NULL
        CHECK (rule IN ('selected', 'below_threshold', 'merged', 'too_short', 'overlap', 'cooldown', 'beyond_max_highlights')),
    distance        double precision NOT NULL,
    explanation     text             NOT NULL,
    PRIMARY KEY (organization_id, stream_id, number),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE,
    CHECK (end_time >= start_time)
);

-- A highlight keeps its own copy of what made its score: a later analysis writes a new ledger.
CREATE TABLE highlights (
    organization_id  uuid             NOT NULL,
    id               uuid             NOT NULL,
    stream_id        uuid             NOT NULL,
    status           text             NOT NULL CHECK (status IN ('detected', 'processed')),
    candidate        integer          NOT NULL,
    title            text,
    description      text,
    start_time       double precision NOT NULL CHECK (start_time >= 0),
    end_time         double precision NOT NULL,
    peak_time        double precision NOT NULL,
    confidence_score double precision NOT NULL CHECK (confidence_score BETWEEN 0 AND 1),
    type             text             NOT NULL,
    tags             text[]           NOT NULL DEFAULT '{}',
    dimensions       jsonb            NOT NULL,
    reasons          jsonb            NOT NULL,
    start_edge       text             NOT NULL,
    end_edge         text             NOT NULL,
    -- Clip and thumbnail with keys, sizes and hashes; null until cut.
    files            jsonb,
    metadata         jsonb            NOT NULL DEFAULT '{}',
    created_at       timestamptz      NOT NULL DEFAULT now(),
    updated_at       timestamptz      NOT NULL DEFAULT now(),
    version          bigint           NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE,
    CHECK (end_time >= start_time),
    CHECK ((files IS NOT NULL) = (status = 'processed'))
);

CREATE INDEX highlights_by_confidence ON highlights (organization_id, stream_id, confidence_score DESC, id);
CREATE INDEX highlights_by_time ON highlights (organization_id, stream_id, start_time, id);
