/** What would become of a stream's highlights under other options? Scores what is stored; decodes and pays for nothing. */
@NullMarked
package tv.tldr.api.preview;

import org.jspecify.annotations.NullMarked;
