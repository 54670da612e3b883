package tv.tldr.api.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.recording.SourceProperties;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.Platform;

class SourceRulesTest {
    private static final OrganizationId OWN = new OrganizationId(new UUID(0, 1));
    private static final Submitter WHO = new Submitter(OWN, true);

    private final SourceRules strict = rules(false, false);
    private final SourceRules embedded = rules(true, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://media.example.com/a.mp4",
                "HTTP://Media.Example.COM:8080/a%20b.mp4?sig=x%2Fy",
                "https://xn--bcher-kva.example/v.webm",
                "https://93.184.216.34/v.mp4",
                "https://[2606:2800:220:1::1]:8443/v.mp4"
            })
    void takesAnOrdinaryUrl(String url) {
        assertThat(strict.parse(url, WHO).platform()).isEqualTo(Platform.FILE);
        assertThat(strict.parse(url, WHO).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What two parsers read differently.
                "http://0177.0.0.1/a",
                "http://0x7f.1/a",
                "http://017700000001/a",
                "http://127.1/a",
                "http://2130706433/a",
                "http://0/a",
                "http://192.168.010.1/a",
                "http://a@b@127.0.0.1/a",
                "http://foo_bar.example.com/a",
                "http://1.1.1.1\\@127.0.0.1/a",
                "http://user:pw@media.example.com/a",
                "http://media.example.com./a",
                "http://[fe80::1%25eth0]/a",
                "http://media%2eexample.com/a",
                "http://bücher.example/a",
                "http:///a",
                "http://media.example.com/a#b",
                "http://media.example.com/a b",
                "http://media.example.com/a\tb",
                "http:a",
                // What does not lead to a public address, as far as the text tells.
                "http://127.0.0.1/a",
                "http://10.1.2.3/a",
                "http://169.254.169.254/a",
                "http://[::1]/a",
                "http://[::ffff:127.0.0.1]/a",
                "http://[64:ff9b:1::a9fe:a9fe]/a",
                "http://168.63.129.16/a",
                // Ports and schemes.
                "https://media.example.com:22/a",
                "https://media.example.com:99999/a",
                "ftp://media.example.com/a",
                "gopher://media.example.com/a",
                "tcp://media.example.com:80",
                "concat:a|b",
                "",
                "media.example.com/a.mp4"
            })
    void refusesWhatIsNotAnOrdinaryPublicUrl(String url) {
        assertThatThrownBy(() -> strict.parse(url, WHO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAUrlOf2048CharactersAndNotOneMore() {
        String longest = "https://media.example.com/" + "x".repeat(2048 - 26);

        assertThat(strict.parse(longest, WHO).url()).hasSize(2048);
        assertThatThrownBy(() -> strict.parse(longest + "x", WHO)).hasMessageContaining("2048");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.twitch.tv/videos/1, TWITCH",
        "https://m.youtube.com/watch?v=x, YOUTUBE",
        "https://youtu.be/x, YOUTUBE",
        "https://cdn.example.com/live/index.m3u8?t=1, HLS",
        "https://cdn.example.com/Manifest.MPD, DASH",
        "https://nottwitch.tv/a.mp4, FILE"
    })
    void seesThePlatformFromTheUrl(String url, Platform platform) {
        assertThat(strict.parse(url, WHO).platform()).isEqualTo(platform);
    }

    @Test
    void readsFilesOfThisMachineOnlyWhereThatIsSwitchedOn() {
        assertThat(embedded.parse("/videos/a b/../ü.mp4", WHO).url()).isEqualTo("file:///videos/%C3%BC.mp4");
        assertThat(embedded.parse("file:///videos/a%20b.mp4", WHO).url()).isEqualTo("file:///videos/a%20b.mp4");
        assertThat(embedded.parse("file:/videos/a.mp4", WHO).url()).isEqualTo("file:///videos/a.mp4");
        for (String text : new String[] {"/videos/a.mp4", "file:///videos/a.mp4", "FILE:///videos/a.mp4"}) {
            assertThatThrownBy(() -> strict.parse(text, WHO)).hasMessageContaining("SOURCES_LOCAL_FILES=true");
        }
    }

    @Test
    void readsThemForNobodyButWhoRunsTheInstallation() {
        assertThatThrownBy(() -> embedded.parse("/videos/a.mp4", Submitter.of(OWN)))
                .hasMessageContaining("whoever runs the service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:a.mp4", "file://host/a.mp4", "file:///a?b", "file:///a%00b", "videos/a.mp4", "../a.mp4"})
    void refusesAFileThatIsNotNamedByAnAbsolutePath(String text) {
        assertThatThrownBy(() -> embedded.parse(text, WHO)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://tldr/inbox/match.mp4", "s3://tldr/organizations/a/source", "S3://tldr/x", "s3:x"})
    void takesNoObjectOfABucketWhereThereIsNone(String text) {
        assertThatThrownBy(() -> strict.parse(text, WHO)).hasMessageContaining("inbox/" + OWN);
    }

    private static SourceRules rules(boolean localFiles, boolean privateAddresses) {
        SourceProperties properties = new SourceProperties(
                localFiles,
                privateAddresses,
                List.of(),
                Set.of(80, 443, 8080, 8443),
                Duration.ofHours(12),
                DataSize.ofGigabytes(64),
                5,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                DataSize.ofKilobytes(256),
                Duration.ofHours(6),
                8);
        return new SourceRules(properties, new FolderObjectStore(Path.of("nowhere")));
    }
}
