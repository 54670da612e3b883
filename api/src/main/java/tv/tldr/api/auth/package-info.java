/** How people register, sign in, stay signed in and get back in; not what they may do once they are. */
@NullMarked
package tv.tldr.api.auth;

import org.jspecify.annotations.NullMarked;
