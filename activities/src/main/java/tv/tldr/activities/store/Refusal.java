package tv.tldr.activities.store;

/** An exception of a caller that undoes a transaction and is no failure of the database: it is passed on as it is. */
public interface Refusal {}
