/** Words that ask for a clip, found in a transcript however they were heard; not who wrote it and not what is cut. */
@NullMarked
package tv.tldr.workflows.wakeword;

import org.jspecify.annotations.NullMarked;
