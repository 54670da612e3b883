package tv.tldr.api.highlights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.store.HighlightFilter;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.HighlightSearch;
import tv.tldr.activities.store.HighlightSort;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.export.EditDecisionList;
import tv.tldr.api.export.FinalCut;
import tv.tldr.api.export.Footage;
import tv.tldr.api.export.FrameRate;
import tv.tldr.api.export.OpenTimeline;
import tv.tldr.api.export.Subtitles;
import tv.tldr.api.export.Table;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.workflows.activity.MediaFacts;

/** How do highlights leave for another program? By time; those of one recording with its frames where a format has frames. */
@Component
final class HighlightExport {
    private static final int MOST = 10_000;
    private static final List<String> COLUMNS = List.of(
            "id",
            "stream_id",
            "title",
            "description",
            "type",
            "tags",
            "start_time",
            "end_time",
            "duration",
            "peak_time",
            "confidence_score",
            "status",
            "created_at");

    private final HighlightSearch search;
    private final StreamLookup streams;
    private final JsonMapper json;
    private final HighlightAnswers answers;

    HighlightExport(HighlightSearch search, StreamLookup streams, JsonMapper json, HighlightAnswers answers) {
        this.search = search;
        this.streams = streams;
        this.json = json;
        this.answers = answers;
    }

    Mono<ResponseEntity<byte[]>> of(Tenant tenant, ExportFormat format, HighlightFilter filter) {
        HighlightSort sort = new HighlightSort(
                filter.stream() == null ? HighlightSort.Key.CREATED_AT : HighlightSort.Key.START_TIME, true);
        Mono<List<HighlightRow>> rows = search.list(tenant.organizationId(), filter, sort, null, MOST)
                .map(page -> {
                    if (page.hasMore()) {
                        throw new ProblemException(
                                ErrorCode.VALIDATION_ERROR,
                                "These are more than " + MOST + " highlights; narrow the filter.");
                    }
                    return page.items();
                });
        if (filter.stream() == null) {
            return rows.flatMap(found -> write(tenant, format, found, null)).map(text -> answer(format, text));
        }
        return streams.find(tenant, filter.stream().toString())
                .flatMap(stream -> rows.flatMap(found -> write(tenant, format, found, stream)))
                .map(text -> answer(format, text));
    }

    private static ResponseEntity<byte[]> answer(ExportFormat format, String text) {
        return ResponseEntity.ok()
                .contentType(format.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(format.fileName())
                                .build()
                                .toString())
                .body(text.getBytes(UTF_8));
    }

    private Mono<String> write(
            Tenant tenant, ExportFormat format, List<HighlightRow> rows, @Nullable StreamRow stream) {
        return switch (format) {
            case CSV -> Mono.fromSupplier(() -> table(rows));
            case JSON ->
                answers.all(tenant.organizationId(), rows).map(data -> json.writeValueAsString(Map.of("data", data)));
            case EDL -> Mono.fromSupplier(() -> EditDecisionList.of(footage(rows, stream)));
            case OTIO -> Mono.fromSupplier(() -> OpenTimeline.of(footage(rows, stream)));
            case FCPXML -> Mono.fromSupplier(() -> FinalCut.of(footage(rows, stream)));
            case SRT -> Mono.fromSupplier(() -> Subtitles.of(footage(rows, stream)));
        };
    }

    private static String table(List<HighlightRow> rows) {
        Table table = new Table(COLUMNS);
        for (HighlightRow row : rows) {
            table.add(
                    row.id().toString(),
                    row.stream().streamId().toString(),
                    text(row.title()),
                    text(row.description()),
                    row.type(),
                    String.join(";", row.tags()),
                    row.range().start(),
                    row.range().end(),
                    row.range().duration(),
                    row.peak(),
                    row.confidence(),
                    row.status(),
                    row.createdAt().toString());
        }
        return table.text();
    }

    private static Footage footage(List<HighlightRow> rows, @Nullable StreamRow stream) {
        StreamRow source = Objects.requireNonNull(stream);
        MediaFacts media = source.media();
        MediaFacts.Video video = media == null ? null : media.video();
        return new Footage(
                name(source.source().url()),
                source.source().url(),
                source.duration() == null ? 0 : source.duration(),
                video == null ? FrameRate.USUAL : FrameRate.near(video.frameRate()),
                video == null ? 0 : video.width(),
                video == null ? 0 : video.height(),
                // Of which nothing is known has what most have.
                media == null || video != null,
                media == null || media.audio() != null,
                rows.stream().map(HighlightExport::moment).toList());
    }

    private static Footage.Moment moment(HighlightRow row) {
        return new Footage.Moment(
                row.id().toString(),
                row.range(),
                text(row.title()),
                text(row.description()),
                row.type(),
                row.tags(),
                row.confidence());
    }

    private static String name(String url) {
        String path = Objects.requireNonNullElse(URI.create(url).getPath(), "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? url : last;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
