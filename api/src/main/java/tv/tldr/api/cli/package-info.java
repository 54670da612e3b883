/** The command line: what a person types and sees; every stream still goes through the REST API. */
@NullMarked
package tv.tldr.api.cli;

import org.jspecify.annotations.NullMarked;
