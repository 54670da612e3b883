/** The only place that speaks to Temporal's client: starting and stopping workflows, the workers' life, its health. */
@NullMarked
package tv.tldr.api.temporal;

import org.jspecify.annotations.NullMarked;
