package tv.tldr.api.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** How does the API explain itself? A description for programs, and a page for people that needs no network. */
@Controller
final class DocsController {
    private static final String SWAGGER = "/webjars/swagger-ui/";
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    /** Only what comes from here; the page's library styles itself in place. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    @GetMapping("/openapi.json")
    ResponseEntity<Resource> description() {
        return page("openapi.json", MediaType.APPLICATION_JSON);
    }

    @GetMapping("/docs")
    ResponseEntity<Resource> docs() {
        return page("docs/index.html", MediaType.TEXT_HTML);
    }

    @GetMapping("/docs/start.js")
    ResponseEntity<Resource> script() {
        return page("docs/start.js", SCRIPT);
    }

    /** Where the {@code type} of every problem leads. */
    @GetMapping("/docs/errors")
    ResponseEntity<Resource> errors() {
        return page("docs/errors.html", MediaType.TEXT_HTML);
    }

    @GetMapping("/")
    ResponseEntity<Void> home() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, "/docs")
                .build();
    }

    /** The page's library, without its version in the path. */
    @Bean
    static RouterFunction<ServerResponse> swagger() {
        return RouterFunctions.resources(SWAGGER + "**", folder());
    }

    private static Resource folder() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/swagger-ui/*/swagger-ui-bundle.js");
            return found[0].createRelative("./");
        } catch (IOException e) {
            throw new UncheckedIOException("the documentation page's library is not packaged", e);
        }
    }

    private static ResponseEntity<Resource> page(String name, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", POLICY)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .body(new ClassPathResource(name));
    }
}
