package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.tldr.api.cli.Mended.asPrinted;
import static tv.tldr.api.cli.Mended.asSaidBeside;
import static tv.tldr.api.cli.Mended.otherwise;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.StorageFullException;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.PoorLine;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.storage.TestS3;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.Receiver;
import tv.tldr.api.RunningApi;
import tv.tldr.api.Sample;
import tv.tldr.api.doctor.Finding;
import tv.tldr.api.doctor.Limits;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.Signature;
import tv.tldr.workflows.stream.StreamId;

/** Faults are caused for real, found, and mended, as the doctor prints it where a test can: the page that is made of it says which. */
class FaultMatrixIT {
    private static final FaultMatrix MATRIX = new FaultMatrix();
    private static final String SECRET_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final AtomicInteger DONE = new AtomicInteger();

    private static WardDatabase database;
    private static WardTemporal temporal;

    @TempDir
    private static Path data;

    @TempDir
    private Path folder = Path.of("");

    private Ward ward = new Ward(MATRIX, Path.of(""));
    /** What a row has started, the last first. */
    private final Deque<Program> programs = new ArrayDeque<>();

    @BeforeAll
    static void start() throws Exception {
        database = new WardDatabase(data.resolve("postgres"));
        temporal = new WardTemporal();
    }

    @AfterAll
    static void end() throws Exception {
        temporal.close();
        database.close();
        MATRIX.write(DONE.get() == 10);
    }

    @BeforeEach
    void empty() {
        ward = new Ward(MATRIX, folder);
    }

    @AfterEach
    void endPrograms() {
        programs.forEach(Program::close);
    }

    /** Starts the program by what is printed. */
    private Program started(String printed) throws IOException {
        Program program = Program.startPrinted(folder, printed);
        programs.addFirst(program);
        program.ready();
        return program;
    }

    @Test
    void settings() throws Exception {
        Path file = folder.resolve(".env");
        ward.row("PORT is no number", "settings-wrong", () -> ward.set("PORT", "http"), ward::asSet);
        ward.row(
                "DATABASE_URL is of another kind of database",
                "settings-wrong",
                () -> ward.set("DATABASE_URL", "mysql://tldr@db.example.com/tldr")
                        .set("SECRET_KEY", SECRET_KEY),
                ward::asSet);
        ward.set("DATABASE_URL", "");
        ward.row(
                "SECRET_KEY is one letter again and again",
                "settings-weak",
                () -> ward.set("SECRET_KEY", "a".repeat(32)),
                finding -> {
                    ward.set("SECRET_KEY", "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0");
                    return asPrinted("set in .env, to what openssl would have said");
                });
        ward.row(
                "Everybody may read .env",
                "settings-open",
                () -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--")),
                ward::byDoctor);
        ward.row("A name in .env is mistyped", "settings-idle", () -> ward.set("SECRET_KEYS", "x"), finding -> {
            assertThat(Typed.in(folder, "config", "--check").err()).contains("SECRET_KEYS");
            ward.set("SECRET_KEYS", "");
            return asPrinted("the line that it names is taken out");
        });
        ward.set("TEMPORAL_PAYLOAD_KEYS", "2026-11:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        ward.set("TEMPORAL_ADDRESS", "temporal.example.com:7233");
        ward.row(
                "Payloads of workflows are not encrypted in production",
                "settings-payloads",
                () -> ward.set("TEMPORAL_PAYLOAD_KEYS", ""),
                finding -> {
                    ward.set(
                            "TEMPORAL_PAYLOAD_KEYS",
                            finding.fix()
                                    .replaceFirst("^TEMPORAL_PAYLOAD_KEYS=", "")
                                    .replace(
                                            "$(openssl rand -base64 32)",
                                            Base64.getEncoder()
                                                    .encodeToString(SECRET_KEY.getBytes(StandardCharsets.UTF_8))));
                    assertThat(Typed.in(folder, "config", "--check").exitCode()).isZero();
                    return asPrinted("set in .env, to what openssl would have said");
                });
        assertThat(paysNoHeed("TEMPORAL_ADDRESS", "")).isTrue();
        ward.set("TEMPORAL_ADDRESS", "temporal.example.com:7233");
        assertThat(paysNoHeed("APP_ENVIRONMENT", "staging")).isTrue();
        DONE.incrementAndGet();
    }

    /** Whether nothing is said of payloads in the clear where a setting is such. */
    private boolean paysNoHeed(String setting, String value) throws IOException {
        ward.set("TEMPORAL_PAYLOAD_KEYS", "");
        ward.set(setting, value);
        return ward.look("settings-payloads").healthy().contains("settings-payloads");
    }

    @Test
    void process() throws Exception {
        slow();
        ward.set("PORT", String.valueOf(freePort()));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ward.row(
                    "Another program takes the port",
                    "port-taken",
                    () -> ward.set("PORT", String.valueOf(other.getLocalPort())),
                    finding -> {
                        int answering = started(finding.fix()).address().getPort();
                        assertThat(finding.fix()).startsWith("PORT=" + answering + " ");
                        return asPrinted("the command; the program answers at that port");
                    });
        }
        ward.set("PORT", String.valueOf(freePort()));
        Program hanging = programs.getFirst();
        embedded();
        ward.row("The program hangs", "api-down", () -> WardDatabase.signal(hanging.pid(), "STOP"), finding -> {
            assertThat(finding.fix()).startsWith("kill " + hanging.pid() + ";");
            started(finding.fix());
            assertThat(hanging.isAlive()).isFalse();
            return asPrinted(
                    "the commands, in a shell; the new program takes over the servers that the killed one left");
        });
        DONE.incrementAndGet();
    }

    /** What the program has started for itself it starts again. */
    private void embedded() throws Exception {
        String home = folder.toRealPath().resolve(".tldr").toString();
        ward.row(
                "The PostgreSQL that the program has started hangs, with all of its processes",
                "database-hangs",
                () -> stop(naming(home + "/postgres/data")),
                finding -> {
                    assertThatHealthTellsOf("database-hangs");
                    return inAShell(finding);
                });
        ward.row(
                "The Temporal server that the program has started hangs",
                "temporal-hangs",
                () -> stop(naming(home + "/temporal.db")),
                this::inAShell);
    }

    private static void stop(ProcessHandle process) throws Exception {
        WardDatabase.signal(process.pid(), "STOP");
        for (ProcessHandle child : process.children().toList()) {
            WardDatabase.signal(child.pid(), "STOP");
        }
    }

    /** Also to somebody with a key, whom the process cannot know now. */
    private void assertThatHealthTellsOf(String check) throws IOException {
        URI health = programs.getFirst().address().resolve("/health/detailed");
        String key = Files.readString(folder.resolve(".tldr/api-key")).strip();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .header("X-API-Key", key)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"" + check + "\"");
            }
        });
    }

    private static ProcessHandle naming(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(argument))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private Mended inAShell(Finding finding) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", finding.fix())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return asPrinted("the command, in a shell; the program starts it again");
    }

    private void slow() throws Exception {
        Home home = new Home(folder.resolve(".tldr"));
        home.create();
        AtomicInteger millis = new AtomicInteger();
        HttpServer api = health(millis);
        new RunningInstance(ProcessHandle.current().pid(), URI.create(url(api)), null, null).announce(home);
        ward.row("The API is slow (a stand-in of it, that waits)", "api-slow", () -> millis.set(300), finding -> {
            millis.set(0);
            return otherwise("the stand-in waits no more");
        });
        RunningInstance.forget(home);
        api.stop(0);
    }

    private static HttpServer health(AtomicInteger millis) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> {
            try {
                TimeUnit.MILLISECONDS.sleep(millis.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void database() throws Exception {
        ward.set("DATABASE_URL", database.url("tldr")).set("SECRET_KEY", SECRET_KEY);
        assertThat(Typed.in(folder, "doctor", "--fix", "--only", "database-missing")
                        .exitCode())
                .isZero();
        ward.row("The database is dropped", "database-missing", () -> database.drop("tldr"), ward::byDoctor);
        ward.row(
                "The host of DATABASE_URL is mistyped",
                "database-host",
                () -> ward.set("DATABASE_URL", database.url("tldr").replace("localhost", "localhost.invalid")),
                finding -> {
                    assertThat(ward.look().findings().stream().filter(each -> Set.of("database", "results", "webhooks")
                                    .contains(each.check().area())))
                            .as("it is one fault")
                            .containsExactly(finding);
                    ward.set(
                            "DATABASE_URL",
                            finding.fix().replaceFirst("^DATABASE_URL=", "").replace(":…@…", "@localhost"));
                    return asPrinted("set in .env");
                });
        ward.row("PostgreSQL is killed", "database-down", database::kill, finding -> {
            database.startAgain();
            return otherwise("PostgreSQL is started, without systemd");
        });
        ward.row("PostgreSQL hangs", "database-down", () -> database.signal("STOP"), finding -> {
            database.signal("CONT");
            return otherwise("it goes on");
        });
        ward.row(
                "The role may not sign in",
                "database-refused",
                () -> {
                    database.run("CREATE ROLE guest NOLOGIN", "GRANT ALL ON DATABASE tldr TO guest");
                    ward.set("DATABASE_URL", database.url("tldr").replace("postgres@", "guest@"));
                },
                finding -> {
                    database.psql(finding.fix());
                    return asPrinted("the statement, over JDBC");
                });
        ward.set("DATABASE_URL", database.url("tldr"));
        ward.row(
                "The schema is of an older version",
                "database-behind",
                () -> {
                    database.migrate("old", "20");
                    ward.set("DATABASE_URL", database.url("old"));
                },
                ward::byDoctor);
        ward.row(
                "A newer version has migrated the schema (a row of its history)",
                "database-ahead",
                () -> database.in(
                        "old",
                        "INSERT INTO flyway_schema_history VALUES"
                                + " (9999, '9999', 'of tomorrow', 'SQL', 'V9999__of_tomorrow.sql', 1, 'x', now(), 1, true)"),
                finding -> {
                    database.in("old", "DELETE FROM flyway_schema_history WHERE version = '9999'");
                    return otherwise("what the newer version has left is deleted by hand");
                });
        database.migrate("half", "20");
        ward.set("DATABASE_URL", database.url("half"));
        ward.row(
                "A migration was broken off (a row of its history)",
                "database-failed",
                () -> database.in(
                        "half",
                        "INSERT INTO flyway_schema_history VALUES"
                                + " (21, '21', 'batches and places', 'SQL', 'V21__batches_and_places.sql', 1, 'x', now(), 1, false)"),
                finding -> {
                    assertThat(ward.look("database-ahead", "database-behind").findings())
                            .as("it is not a newer one, and nothing is missing that could be applied")
                            .extracting(each -> each.check().id())
                            .containsExactly("database-failed");
                    assertThat(Typed.in(folder, "db", "migrate").err()).contains("21", "./tldr doctor");
                    return ward.asTyped(finding);
                });
        ward.row(
                "The role may not make roles",
                "database-roles",
                () -> {
                    database.run("CREATE ROLE plain LOGIN", "CREATE DATABASE plain OWNER plain");
                    ward.set("DATABASE_URL", database.url("plain").replace("postgres@", "plain@"));
                },
                finding -> {
                    assertThat(Typed.in(folder, "db", "migrate").err())
                            .contains("V27", "permission denied to create role", "./tldr doctor");
                    database.psql(finding.fix());
                    return asPrinted("the statement, over JDBC; what is missing is applied then");
                });
        assertThat(Typed.in(folder, "db", "migrate").exitCode()).isZero();
        ward.set("DATABASE_URL", database.url("tldr"));
        ward.row("Connections are used up", "database-pool", () -> database.takeAll("tldr", "guest"), finding -> {
            database.psql(finding.fix());
            return asPrinted("the statement, over JDBC");
        });
        connectionsOfOthers();
        ward.row(
                "A session sits in a transaction",
                "database-idle",
                () -> database.hold("tldr", "SELECT 1"),
                finding -> {
                    database.psql(finding.fix());
                    return asPrinted("the statement, over JDBC");
                });
        try (PoorLine line = new PoorLine(database.port())) {
            line.delay(Duration.ofMillis(80));
            ward.row(
                    "The way to PostgreSQL is slow",
                    "database-slow",
                    () -> ward.set(
                            "DATABASE_URL", database.url("tldr").replace(":" + database.port(), ":" + line.port())),
                    finding -> {
                        ward.set("DATABASE_URL", database.url("tldr"));
                        return otherwise("the way is fast again");
                    });
        }
        DONE.incrementAndGet();
    }

    /** To somebody who may not look into the sessions of others, what works for PostgreSQL itself looks like one of them. */
    private void connectionsOfOthers() throws Exception {
        ward.set("DATABASE_URL", database.url("tldr").replace("postgres@", "guest@"));
        database.take(14, "tldr", "postgres");
        ward.row(
                "Connections are used up by users whom the program may not look into",
                "database-pool",
                () -> database.take(5, "tldr", "postgres"),
                finding -> {
                    assertThat(finding.evidence()).contains("19 are of users that it may not look into");
                    database.psql(finding.fix());
                    return asPrinted("the statement, over JDBC");
                });
        ward.set("DATABASE_URL", database.url("tldr"));
    }

    @Test
    void temporal() throws Exception {
        ward.set("TEMPORAL_ADDRESS", temporal.address());
        ward.row("Temporal is stopped", "temporal-down", temporal::stop, finding -> {
            temporal.start();
            return asSaidBeside("the server is started");
        });
        ward.row("Temporal hangs", "temporal-down", () -> temporal.signal("STOP"), finding -> {
            temporal.signal("CONT");
            return otherwise("it goes on");
        });
        ward.row(
                "The namespace is not there",
                "temporal-namespace",
                () -> ward.set("TEMPORAL_NAMESPACE", "clips"),
                finding -> {
                    temporal.command(finding.fix());
                    assertThat(temporal.retention("clips")).isEqualTo(Duration.ofDays(30));
                    return asPrinted("the command");
                });
        ward.set("TEMPORAL_NAMESPACE", "films");
        Typed mended = Typed.in(folder, "doctor", "--fix", "--only", "temporal-namespace,temporal-attributes");
        assertThat(mended.err()).contains("Mended temporal-namespace", "Mended temporal-attributes");
        assertThat(mended.exitCode()).as("%s", mended).isZero();
        assertThat(temporal.retention("films")).isEqualTo(Duration.ofDays(30));
        ward.set("TEMPORAL_NAMESPACE", "");
        ward.row("Search attributes are deleted", "temporal-attributes", temporal::forgetAttributes, finding -> {
            temporal.command(finding.fix());
            return asPrinted("the command");
        });
        worker();
        builds();
        held();
        ward.row("A queue is flooded", "temporal-backlog", () -> temporal.flood(150), finding -> {
            temporal.work();
            return asSaidBeside("a worker is started");
        });
        ward.row("A workflow's task fails again and again", "temporal-stuck", temporal::breakOne, finding -> {
            temporal.mendOne();
            temporal.rest();
            return asSaidBeside("the version that fits works, and the workflow is begun anew");
        });
        ward.row(
                "A queue is flooded with activities alone",
                "temporal-backlog",
                () -> temporal.floodActivities(150),
                finding -> {
                    assertThat(finding.evidence()).contains("activity tasks wait in deliveries");
                    temporal.work();
                    return asSaidBeside("a worker is started");
                });
        DONE.incrementAndGet();
    }

    private void worker() throws Exception {
        database.create("work");
        ward.set("DATABASE_URL", database.url("work")).set("SECRET_KEY", SECRET_KEY);
        ward.set("WORKERS_ENABLED", "false").set("PORT", String.valueOf(freePort()));
        temporal.work();
        ward.row("The worker is stopped", "temporal-worker", temporal::rest, finding -> {
            started(finding.fix());
            return asPrinted("the command, though .env says WORKERS_ENABLED=false");
        });
        programs.getFirst().end();
        ward.set("DATABASE_URL", "");
    }

    /** That work is done again, not only that the finding is gone. */
    private void builds() throws Exception {
        String[] waiting = new String[1];
        ward.row(
                "Workers have a build id, and no build was ever made current",
                "temporal-version",
                () -> {
                    temporal.workAs("2026-12-01");
                    waiting[0] = temporal.begin();
                },
                finding -> {
                    assertThat(finding.fix()).contains(" --deployment-name tldr --build-id 2026-12-01 ");
                    assertThat(ward.look("temporal-worker").healthy()).contains("temporal-worker");
                    temporal.command(finding.fix());
                    temporal.awaitDone(waiting[0]);
                    return asPrinted("the command; what waited is done");
                });
        temporal.rest();
        ward.row(
                "Workers have no build id any more, and a build is current",
                "temporal-version",
                () -> {
                    temporal.work();
                    waiting[0] = temporal.begin();
                },
                finding -> {
                    assertThat(finding.fix()).contains(" --deployment-name tldr --unversioned ");
                    temporal.command(finding.fix());
                    temporal.awaitDone(waiting[0]);
                    return asPrinted("the command; what waited is done");
                });
    }

    /** By the command that somebody has forgotten the end of. */
    private void held() throws Exception {
        ward.set("DATABASE_URL", database.url("work"));
        ward.row(
                "A queue was drained, and forgotten",
                "temporal-held",
                () -> ward.done("./tldr queue drain media", Map.of()),
                finding -> {
                    assertThat(finding.evidence()).contains("media", "tldr queue drain");
                    return ward.asTyped(finding);
                });
        ward.set("DATABASE_URL", "");
        temporal.rest();
        ward.waitingAtMost(Duration.ofSeconds(3));
        ward.row("A single task waits for long", "temporal-backlog", temporal::begin, finding -> {
            assertThat(finding.evidence()).startsWith("1 workflow tasks wait in streams");
            temporal.work();
            return asSaidBeside("a worker is started");
        });
        ward.waitingAtMost(Limits.USUAL.waiting());
        temporal.rest();
    }

    @Test
    void gemini() throws Exception {
        GeminiStandIn model = new GeminiStandIn(Settings.DEFAULTS, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
        String url = model.url();
        ward.set("GEMINI_BASE_URL", url).set("GEMINI_API_KEY", Settings.DEFAULTS.key());
        ward.row(
                "Gemini refuses the key", "gemini-key", () -> ward.set("GEMINI_API_KEY", "somebody-elses"), finding -> {
                    ward.set("GEMINI_API_KEY", Settings.DEFAULTS.key());
                    return asPrinted("set in .env");
                });
        ward.row("The model is unknown", "gemini-model", () -> ward.set("GEMINI_MODEL", "gemini-0"), ward::asSet);
        questions(model);
        budgets();
        ward.row("Gemini is away", "gemini-away", model::close, finding -> {
            ward.set("GEMINI_BASE_URL", "");
            ward.set("GEMINI_API_KEY", "");
            GeminiStandIn back = new GeminiStandIn(Settings.DEFAULTS, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(back::close));
            ward.set("GEMINI_BASE_URL", back.url()).set("GEMINI_API_KEY", Settings.DEFAULTS.key());
            return asSaidBeside("GEMINI_BASE_URL leads to one that answers");
        });
        DONE.incrementAndGet();
    }

    /** Of what was asked the ledger of the calls tells; who asks about the model is let in all the time. */
    private void questions(GeminiStandIn model) throws Exception {
        database.create("asking");
        ward.set("DATABASE_URL", database.url("asking")).set("SECRET_KEY", SECRET_KEY);
        ward.set("PORT", String.valueOf(freePort()));
        ward.set("BOOTSTRAP_ANNOUNCE", "true").set("SOURCES_LOCAL_FILES", "true");
        Program asking = started("./tldr serve");
        ward.row(
                "Google's quota is used up (its stand-in answers 429)",
                "gemini-quota",
                () -> {
                    model.faults()
                            .throttlingFor(Duration.ofSeconds(1))
                            .share(1, 1, Set.of(Operation.GENERATE), List.of(Fault.THROTTLED));
                    ask(asking);
                },
                finding -> {
                    assertThat(finding.fix()).isEqualTo("GEMINI_REQUESTS_PER_MINUTE=30");
                    model.faults().none();
                    return asSaidBeside(
                            "the quota is a higher one, and the question is answered when it is asked again");
                });
        asking.end();
        ward.row(
                "Our own requests of the day are used up",
                "gemini-quota",
                () -> ward.set("GEMINI_REQUESTS_PER_DAY", "1"),
                finding -> {
                    ward.asSet(finding);
                    int answered = model.answers();
                    ask(started("./tldr serve"));
                    await().atMost(Duration.ofMinutes(1)).until(() -> model.answers() > answered);
                    return asPrinted("set in .env; the program, started again, asks");
                });
        programs.getFirst().end();
    }

    private static void ask(Program program) throws IOException {
        program.ready()
                .post(
                        "/api/v1/streams",
                        Json.of("{'source_url': '" + Footage.SAMPLE.toUri() + "', 'allow_duplicate': true,"
                                + " 'options': {'strategy': 'ai_only', 'max_highlights': 1}}"));
    }

    /** What was paid, the ledger of the calls tells. */
    private void budgets() throws Exception {
        database.migrate("asked", "latest");
        ward.set("DATABASE_URL", database.url("asked"));
        database.in("asked", WardDatabase.ASKED.formatted("charged", "NULL"));
        database.in("asked", WardDatabase.ASKED.formatted("not_charged", "429"));
        database.in("asked", WardDatabase.ASKED.formatted("not_charged", "503"));
        ward.row(
                "Our own money of the day is spent",
                "gemini-quota",
                () -> ward.set("GEMINI_DAY_BUDGET_USD", "0.02"),
                ward::asSet);
        ward.row(
                "An organization's money of the day is spent",
                "gemini-quota",
                () -> ward.set("GEMINI_ORGANIZATION_DAY_BUDGET_USD", "0.035"),
                ward::asSet);
        ward.set("DATABASE_URL", "");
    }

    @Test
    void results() throws Exception {
        database.migrate("results", "latest");
        ward.set("DATABASE_URL", database.url("results")).set("SECRET_KEY", SECRET_KEY);
        ward.row(
                "The threshold is above everything (a stream in rows of the database)",
                "results-empty",
                () -> database.in("results", WardDatabase.EMPTY_STREAM),
                finding -> {
                    assertThat(finding.fix()).isEqualTo("DEFAULT_CONFIDENCE_THRESHOLD=0.69");
                    return ward.asSet(finding);
                });
        try (RunningApi api =
                RunningApi.start(database.url("results"), temporal.address(), Map.of("DATABASE_POOL_SIZE", "5"))) {
            set(api);
        }
        DONE.incrementAndGet();
    }

    private void set(RunningApi api) throws Exception {
        Map<String, String> environment =
                Map.of("TLDR_API_KEY", api.caller("admin").key());
        Path file = folder.resolve("mine.json");
        Files.writeString(file, """
                {"name": "Mine", "dimensions": [{"id": "drama", "weight": 1, "scoring_prompt": "How dramatic is it?"}]}
                """);
        Home home = new Home(folder.resolve(".tldr"));
        try (InstanceLock _ = InstanceLock.tryAcquire(home).orElseThrow()) {
            announce(home, api);
            ward.row(
                    "Only a model could score along a set, where none is asked",
                    "results-set",
                    () -> ward.done("./tldr dimensions create " + file, environment),
                    finding -> {
                        String[] export = finding.fix().split(" > ", 2);
                        JsonNode set = ward.done(export[0], environment).json();
                        ((ObjectNode) set.at("/dimensions/0"))
                                .putObject("rules")
                                .put("based_on", "gaming_default/action_intensity");
                        Files.writeString(folder.resolve(export[1]), set.toString());
                        List<String> rest = Pattern.compile("[.]/tldr [^;]+")
                                .matcher(finding.remark())
                                .results()
                                .map(MatchResult::group)
                                .toList();
                        assertThat(rest).hasSize(2);
                        rest.forEach(command -> ward.done(command, environment));
                        return asPrinted("the three commands; between them, the dimension gets rules");
                    });
        }
        RunningInstance.forget(home);
    }

    private static void announce(Home home, RunningApi api) throws IOException {
        home.create();
        new RunningInstance(ProcessHandle.current().pid(), URI.create("http://127.0.0.1:" + api.port()), null, null)
                .announce(home);
    }

    @Test
    void storage() throws Exception {
        Path objects = folder.resolve("objects");
        ward.set("OBJECT_DIR", objects.toString());
        ward.row(
                "The folder of the objects is a file",
                "storage-folder",
                () -> Files.writeString(objects, ""),
                finding -> {
                    ward.set(
                            "OBJECT_DIR",
                            Files.createDirectory(folder.resolve("another")).toString());
                    return asSaidBeside("OBJECT_DIR is another folder");
                });
        othersObjects();
        missingObjects();
        try (TestS3 server = TestS3.start(Files.createDirectory(folder.resolve("s3")))) {
            S3Properties bucket = server.newBucket();
            use(bucket);
            ward.row("The bucket is removed", "storage-bucket", () -> server.remove(bucket), ward::byDoctor);
            ward.row("The object store is stopped", "storage-away", server::stop, finding -> {
                server.start();
                return asSaidBeside("the object store is started");
            });
            ward.row(
                    "There are no credentials",
                    "storage-credentials",
                    () -> {
                        System.setProperty("aws.disableEc2Metadata", "true");
                        ward.set("AWS_ACCESS_KEY_ID", "").set("AWS_SECRET_ACCESS_KEY", "");
                    },
                    finding -> {
                        System.clearProperty("aws.disableEc2Metadata");
                        use(bucket);
                        return asPrinted("set in .env");
                    });
            answers(bucket);
            if (TestS3.checksSignatures()) {
                signatures(server, bucket);
            }
            use(bucket);
            DONE.addAndGet(full() ? 1 : 0);
        }
    }

    /** What no object store of a test can be made to say. */
    private void answers(S3Properties bucket) throws Exception {
        HttpServer page = answering(404, "<html><body>There is nothing here.</body></html>");
        ward.row(
                "AWS_S3_ENDPOINT_URL leads to a server that is no object store (a stand-in)",
                "storage-refused",
                () -> ward.set("AWS_S3_ENDPOINT_URL", url(page)),
                finding -> {
                    assertThat(finding.evidence()).contains("404");
                    use(bucket);
                    return asSaidBeside("AWS_S3_ENDPOINT_URL leads to the object store again");
                });
        page.stop(0);
    }

    private void othersObjects() throws Exception {
        database.migrate("marked", "latest");
        ward.set("DATABASE_URL", database.url("marked")).set("SECRET_KEY", SECRET_KEY);
        Path theirs = folder.resolve("theirs");
        ward.row(
                "The database is a new one, over the objects of the one before",
                "storage-others",
                () -> {
                    Path file = Files.writeString(folder.resolve("mark"), UUID.randomUUID() + "\n");
                    new FolderObjectStore(theirs).put(ObjectKeys.mark(), file);
                    ward.set("OBJECT_DIR", theirs.toString());
                },
                finding -> {
                    ward.done("./tldr storage sweep --take-over --yes", Map.of());
                    return asSaidBeside("the objects are this database's");
                });
    }

    private void missingObjects() throws Exception {
        database.migrate("kept", "latest");
        database.in("kept", WardDatabase.EMPTY_STREAM);
        Path shared = folder.resolve("shared");
        ObjectKey recording = new ObjectKey("organizations/org_1/streams/stream_1/source");
        Path file = Files.writeString(folder.resolve("recording"), "0123456789");
        String sha256 = new FolderObjectStore(shared).put(recording, file).sha256();
        database.in(
                "kept",
                "UPDATE streams SET recording_key = '" + recording.value()
                        + "', recording_size = 10, recording_sha256 = '" + sha256 + "'");
        ward.set("DATABASE_URL", database.url("kept")).set("OBJECT_DIR", shared.toString());
        ward.row(
                "A process keeps objects in a folder of its own",
                "storage-missing",
                () -> ward.set("OBJECT_DIR", folder.resolve("own").toString()),
                finding -> {
                    assertThat(Typed.in(folder, "storage", "verify").out()).contains("missing", recording.value());
                    ward.set("OBJECT_DIR", shared.toString());
                    return asSaidBeside("OBJECT_DIR is the folder that is shared");
                });
        ward.set("DATABASE_URL", database.url("marked"));
    }

    /** Whether it was for real: by a store on a disk of its own. Where a test may mount none, a stand-in says that it is full. */
    private boolean full() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Path objects = Files.createDirectory(small.resolve("objects"));
        Optional<SmallDisk> disk = TestS3.checksSignatures() ? SmallDisk.mount(objects, 4) : Optional.empty();
        if (disk.isEmpty()) {
            saidToBeFull();
            return false;
        }
        database.migrate("stored", "latest");
        ward.set("DATABASE_URL", database.url("stored")).set("SECRET_KEY", SECRET_KEY);
        try (SmallDisk growing = disk.get();
                TestS3 server = TestS3.start(small)) {
            S3Properties bucket = server.newBucket();
            use(bucket);
            ward.done("./tldr storage sweep --yes", Map.of());
            ward.row(
                    "The object store is full of what streams that are gone have left",
                    "storage-full",
                    () -> fill(bucket, ObjectKeys.stream(ofTheDayBeforeYesterday())),
                    ward::asTyped);
            ward.row(
                    "The object store is full of other things",
                    "storage-full",
                    () -> fill(bucket, new ObjectKey("others")),
                    finding -> {
                        growing.grow(8);
                        return asSaidBeside("its disk grows");
                    });
        }
        return true;
    }

    private void saidToBeFull() throws IOException {
        HttpServer full =
                answering(507, "<Error><Code>XMinioStorageFull</Code><Message>No room is left.</Message></Error>");
        ward.set("AWS_S3_ENDPOINT_URL", url(full));
        assertThat(ward.look("storage-full").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence()).contains("XMinioStorageFull"));
        full.stop(0);
    }

    private void fill(S3Properties bucket, ObjectKey place) throws IOException {
        try (S3ObjectStore objects = new S3ObjectStore(bucket)) {
            for (int size = 1 << 20; size >= 1 << 12; size >>= 4) {
                Path piece = Files.write(folder.resolve("piece"), new byte[size]);
                for (int i = 0; isTaken(objects, new ObjectKey(place + "/" + size + "-" + i), piece); i++) {}
            }
        }
    }

    private static boolean isTaken(S3ObjectStore objects, ObjectKey key, Path file) {
        try {
            objects.put(key, file);
            return true;
        } catch (StorageFullException full) {
            return false;
        }
    }

    /** Of no row: by now nobody is still at it. */
    private static StreamRef ofTheDayBeforeYesterday() {
        long millis = Instant.now().minus(Duration.ofDays(2)).toEpochMilli();
        UUID stream = new UUID(millis << 16 | 7 << 12, Long.MIN_VALUE | 1);
        return new StreamRef(new OrganizationId(FreshUuid.next()), new StreamId(stream));
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void signatures(TestS3 server, S3Properties bucket) throws Exception {
        ward.row(
                "The secret of the key is another one",
                "storage-key",
                () -> ward.set("AWS_SECRET_ACCESS_KEY", "another secret"),
                finding -> {
                    use(bucket);
                    return asPrinted("set in .env");
                });
        ward.row(
                "Requests are signed for another region",
                "storage-region",
                () -> ward.set("AWS_REGION", "us-west-2"),
                finding -> {
                    use(bucket);
                    return asPrinted("set in .env");
                });
        S3Properties stranger = server.stranger(bucket.bucket());
        ward.row("The bucket's policy denies it", "storage-denied", () -> use(stranger), finding -> {
            server.allow(bucket, stranger.accessKeyId());
            return asPrinted("the policy is put, by the SDK in place of aws");
        });
    }

    private void use(S3Properties bucket) throws IOException {
        ward.set("AWS_S3_BUCKET", bucket.bucket())
                .set("AWS_REGION", bucket.region())
                .set("AWS_ACCESS_KEY_ID", bucket.accessKeyId())
                .set("AWS_SECRET_ACCESS_KEY", bucket.secretAccessKey())
                .set("AWS_S3_ENDPOINT_URL", bucket.endpointUrl());
    }

    @Test
    void media() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Path real = TestMedia.PROGRAMS.ffmpeg().toAbsolutePath();
        Path libraries = Objects.requireNonNull(real.getParent());
        script(programs.resolve("ffmpeg"), libraries, real, "");
        Path prober = TestMedia.PROGRAMS.ffprobe().toAbsolutePath();
        script(programs.resolve("ffprobe"), libraries, prober, "");
        ward.set("FFMPEG_PATH", programs.toString());
        ward.row(
                "FFmpeg is hidden",
                "ffmpeg-missing",
                () -> Files.move(programs.resolve("ffmpeg"), programs.resolve("hidden")),
                finding -> {
                    Files.move(programs.resolve("hidden"), programs.resolve("ffmpeg"));
                    FfmpegPrograms.find(Optional.empty(), folder.resolve(".tldr/ffmpeg"));
                    ward.set("FFMPEG_PATH", "");
                    return asSaidBeside("FFMPEG_PATH is emptied, and the packed one is there");
                });
        ward.set("FFMPEG_PATH", programs.toString());
        ward.row(
                "FFmpeg has no H.264 encoder",
                "ffmpeg-codec",
                () -> script(programs.resolve("ffmpeg"), libraries, real, " | grep -v libx264"),
                finding -> {
                    ward.set("FFMPEG_PATH", "");
                    return asPrinted("FFMPEG_PATH is unset, and the packed one is there");
                });
        script(programs.resolve("ffmpeg"), libraries, real, "");
        ward.set("FFMPEG_PATH", programs.toString()).set("FFMPEG_SANDBOX", "false");
        ward.row(
                "FFmpeg is an old one",
                "ffmpeg-old",
                () -> script(programs.resolve("ffprobe"), libraries, prober, " | sed 's/version [0-9.]*/version 4.4/'"),
                finding -> {
                    script(programs.resolve("ffprobe"), libraries, prober, "");
                    return asSaidBeside("a newer one is installed");
                });
        ward.row(
                "FFmpeg is not to be had in bubblewrap",
                "ffmpeg-sandbox",
                () -> ward.set("FFMPEG_SANDBOX", ""),
                finding -> {
                    ward.set("FFMPEG_SANDBOX", "false");
                    return asSaidBeside("FFMPEG_SANDBOX=false says that it is meant");
                });
        DONE.incrementAndGet();
    }

    private static void script(Path file, Path libraries, Path program, String filter) throws IOException {
        Files.writeString(file, "#!/bin/sh\nLD_LIBRARY_PATH=" + libraries + " " + program + " \"$@\"" + filter + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void machine() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Optional<SmallDisk> disk = SmallDisk.mount(scratch, 8);
        String enough = disk.isPresent() ? "2MB" : "0MB";
        ward.set("SCRATCH_DIR", scratch.toString()).set("SCRATCH_RESERVE", enough);
        Path filler = scratch.resolve("filler");
        try {
            ward.row(
                    "A small disk is full (where a test may mount none, SCRATCH_RESERVE is more than there is)",
                    "disk-low",
                    () -> {
                        if (disk.isPresent()) {
                            Files.write(filler, new byte[7 << 20]);
                        } else {
                            ward.set("SCRATCH_RESERVE", "999999TB");
                        }
                    },
                    finding -> {
                        Files.deleteIfExists(filler);
                        ward.set("SCRATCH_RESERVE", enough);
                        return asSaidBeside("some space is free again");
                    });
        } finally {
            if (disk.isPresent()) {
                disk.get().close();
            }
        }
        DONE.incrementAndGet();
    }

    @Test
    void webhooks() throws Exception {
        database.create("webhooks");
        ward.set("DATABASE_URL", database.url("webhooks"));
        AtomicInteger answer = new AtomicInteger(200);
        try (RunningApi api = RunningApi.start(
                        database.url("webhooks"),
                        temporal.address(),
                        Map.of(
                                "WEBHOOK_ALLOW_PRIVATE", "true",
                                "WEBHOOK_RETRY_DELAY", "20ms",
                                "DATABASE_POOL_SIZE", "5"));
                Receiver receiver = Receiver.answering(delivery -> answer.get())) {
            Caller caller = api.caller("admin");
            pool(api, caller);
            JsonNode[] webhook = new JsonNode[1];
            ward.row(
                    "An endpoint leads to a private address",
                    "webhook-private",
                    () -> webhook[0] = caller.post(
                                    "/api/v1/webhooks", "{\"url\": \"" + receiver.url() + "\", \"events\": [\"*\"]}")
                            .json(),
                    finding -> {
                        ward.set("WEBHOOK_ALLOW_PRIVATE", "true");
                        return asSaidBeside("allowed, as in development");
                    });
            String path = "/api/v1/webhooks/" + webhook[0].path("id").asString();
            receiver.verifyWith(webhook[0].path("secret").asString());
            ward.row(
                    "A receiver is broken",
                    "webhook-failing",
                    () -> {
                        answer.set(500);
                        Sample.completed(api, caller.organization());
                    },
                    finding -> {
                        answer.set(200);
                        assertThat(caller.post(path + "/recover", "").status()).isLessThan(300);
                        return asSaidBeside("the receiver is mended, and what it missed is sent again");
                    });
            ward.row(
                    "A firewall before a receiver answers 403",
                    "webhook-failing",
                    () -> {
                        answer.set(403);
                        Sample.completed(api, caller.organization());
                    },
                    finding -> {
                        assertThat(ward.look("webhook-signature").findings()).isEmpty();
                        answer.set(200);
                        assertThat(caller.post(path + "/recover", "").status()).isLessThan(300);
                        return asSaidBeside("it lets requests through, and what was missed is sent again");
                    });
            ward.row(
                    "A receiver has another secret",
                    "webhook-signature",
                    () -> {
                        receiver.verifyWith(Signature.SECRET_PREFIX + "c29tZWJvZHkgZWxzZSdzIHNlY3JldA==");
                        Sample.completed(api, caller.organization());
                    },
                    finding -> {
                        Answer rotated = caller.post(path + "/rotate-secret", "{}");
                        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
                        receiver.verifyWith(rotated.text("/secret"));
                        Sample.completed(api, caller.organization());
                        return asSaidBeside(
                                "the secret is rotated, and the receiver, which is told it, takes what is sent");
                    });
        }
        DONE.incrementAndGet();
    }

    private void pool(RunningApi api, Caller caller) throws Exception {
        announce(new Home(folder.resolve(".tldr")), api);
        ward.row(
                "Requests wait for a connection",
                "api-pool",
                () -> {
                    database.hold("webhooks", "LOCK TABLE streams");
                    for (int i = 0; i < 20; i++) {
                        Thread.ofVirtual().start(() -> caller.get("/api/v1/streams"));
                    }
                },
                finding -> {
                    AtomicReference<Finding> holder = new AtomicReference<>();
                    await().until(() -> {
                        ward.look("database-idle").findings().stream()
                                .findFirst()
                                .ifPresent(holder::set);
                        return holder.get() != null;
                    });
                    database.psql(holder.get().fix());
                    return asSaidBeside("the session that database-idle names is ended, as is printed there");
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
