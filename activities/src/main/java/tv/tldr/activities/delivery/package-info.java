/** Sends what happened to those who want to be told, by HTTP; knows neither what happened nor who they are. */
@NullMarked
package tv.tldr.activities.delivery;

import org.jspecify.annotations.NullMarked;
