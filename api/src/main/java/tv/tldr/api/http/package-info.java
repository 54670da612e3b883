/** What every HTTP answer has in common: strict reading of requests, paging, problem details; nothing of any one resource. */
@NullMarked
package tv.tldr.api.http;

import org.jspecify.annotations.NullMarked;
