/** Many streams that are one order: how many of them go on at a time, and when all have ended; not what becomes of one. */
@NullMarked
package tv.tldr.workflows.batch;

import org.jspecify.annotations.NullMarked;
