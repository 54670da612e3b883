-- Batches are listed from the oldest on, too: their times are in the order in which they can be seen (V59).
CREATE TRIGGER batches_take_time BEFORE INSERT ON batches FOR EACH ROW EXECUTE FUNCTION take_time_in_order();
