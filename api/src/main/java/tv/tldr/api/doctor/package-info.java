/** What is wrong with an installation, and what mends it: asked from outside, with nothing but the settings, whatever runs. */
@NullMarked
package tv.tldr.api.doctor;

import org.jspecify.annotations.NullMarked;
