-- What the model was shown stands in the set along which it was asked, as "modules"; without: all of it. So a process that knows of
-- none, and writes asked_set alone, cannot leave those of an earlier plan beside it. asked_modules is no longer looked at, and goes a
-- release later.
UPDATE streams
SET asked_set = ('{"modules":' || asked_modules::text || ',' || substr(ltrim(asked_set::text), 2))::json, asked_modules = NULL
WHERE asked_set IS NOT NULL AND asked_modules IS NOT NULL;
