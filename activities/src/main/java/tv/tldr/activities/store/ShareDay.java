package tv.tldr.activities.store;

import java.time.LocalDate;

/** How often were a highlight's links used on a day (UTC)? */
public record ShareDay(LocalDate date, long views, long downloads) {}
