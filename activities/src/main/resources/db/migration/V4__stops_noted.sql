-- When the stream's workflow first noted a stop: should the workflow get lost before it has ended the stream, the stream is
-- still ended as stopped.
ALTER TABLE streams ADD COLUMN stop_requested_at timestamptz;
