package tv.tldr.activities.store;

import java.time.LocalDate;

/**
 * What goes in one day (UTC)?
 *
 * @param streams whose time is over on it
 * @param bytes of objects that go
 */
public record ExpiringDay(LocalDate date, long streams, long highlights, long bytes) {}
