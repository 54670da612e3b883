package tv.tldr.api.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;
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
import reactor.core.publisher.Mono;

/** How does the API explain itself? A description for programs, and a page for people that needs no network. */
@Controller
final class DocsController {
    private static final String SWAGGER = "/webjars/swagger-ui/";
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    /** Only what comes from here; the page's library styles itself in place. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private final Map<String, Resource> pages = new ConcurrentHashMap<>();

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

    /** Where the links of mails lead, as long as {@code PUBLIC_URL} is this API's. */
    @GetMapping({"/verify-email", "/reset-password", "/accept-invitation"})
    ResponseEntity<Resource> account() {
        return page("docs/account.html", MediaType.TEXT_HTML);
    }

    @GetMapping("/docs/account.js")
    ResponseEntity<Resource> accountScript() {
        return page("docs/account.js", SCRIPT);
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
        Map<String, Resource> files = library();
        return RouterFunctions.resources(request -> Mono.justOrEmpty(
                request.path().startsWith(SWAGGER) ? files.get(request.path().substring(SWAGGER.length())) : null));
    }

    private static Map<String, Resource> library() {
        try {
            Map<String, Resource> files = new HashMap<>();
            for (Resource file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/swagger-ui/*/*.*")) {
                files.put(String.valueOf(file.getFilename()), new Held(file));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the documentation page's library is not packaged", e);
        }
    }

    /**
     * A file of the program's own, in memory: who hangs up in the middle would else close the archive's reader under
     * those who read beside them.
     */
    private static final class Held extends ByteArrayResource {
        private final @Nullable String name;

        Held(Resource file) throws IOException {
            super(file.getContentAsByteArray());
            this.name = file.getFilename();
        }

        @Override
        public @Nullable String getFilename() {
            return name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private ResponseEntity<Resource> page(String name, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", POLICY)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .body(pages.computeIfAbsent(name, DocsController::held));
    }

    private static Resource held(String name) {
        try {
            return new Held(new ClassPathResource(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is not packaged", e);
        }
    }
}
