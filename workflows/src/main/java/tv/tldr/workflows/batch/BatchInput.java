package tv.tldr.workflows.batch;

/**
 * What a batch's workflow starts with. Which streams belong to the batch, and how far they are, the database knows: another
 * run, or another workflow in the place of a lost one, needs no more than this.
 *
 * @param parallelLimit at most so many of its streams are in process at a time, from 1
 */
public record BatchInput(BatchRef batch, int parallelLimit) {}
