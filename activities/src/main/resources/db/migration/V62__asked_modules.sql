-- What of a stream the model was shown when it was asked: {"video", "audio", "chat", "fusion"}; null: all of it.
ALTER TABLE streams ADD COLUMN asked_modules json;
ALTER TABLE model_comparisons ADD COLUMN modules json;
