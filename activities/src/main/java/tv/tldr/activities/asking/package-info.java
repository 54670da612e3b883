/** Carries the planned questions to the model and its answers to the database: within the budget, and each once. */
@NullMarked
package tv.tldr.activities.asking;

import org.jspecify.annotations.NullMarked;
