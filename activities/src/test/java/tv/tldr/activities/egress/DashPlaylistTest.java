package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashPlaylistTest {
    private static final PublicUrl HERE = PublicUrl.parse("https://example.com/a/v.mpd");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<BaseURL>a/</BaseURL> | <BaseURL>a/</BaseURL>",
                "<BaseURL> https://b.example/c?d=1:2&amp;e </BaseURL> | <BaseURL>http://b.example.tls.invalid:443/c?d=1:2&amp;e</BaseURL>",
                "<BaseURL><!-- a --><![CDATA[//b.example/]]></BaseURL> | <BaseURL>http://b.example.tls.invalid:443/</BaseURL>",
                "<x:baseurl xmlns:x=\"y\">http://b.example/</x:baseurl> | <x:baseurl xmlns:x=\"y\">http://b.example:80/</x:baseurl>",
                "<Location>http://b.example/</Location> | <Location>http://b.example:80/</Location>",
                "<SegmentTemplate media=\"$RepresentationID$/$Number%05d$.m4s\"/> | <SegmentTemplate media=\"$RepresentationID$/$Number%05d$.m4s\"/>",
                "<SegmentTemplate initialization=\"http://b.example/$Bandwidth$\"/> | <SegmentTemplate initialization=\"http://b.example:80/$Bandwidth$\"/>",
                "<SegmentURL media=\"a?t=1:2\" index=\"b/c:d\"/> | <SegmentURL index=\"b/c%3Ad\" media=\"a?t=1%3A2\"/>",
                "<Representation bandwidth=\"12\" id=\"v-1\"/> | <Representation bandwidth=\"12\" id=\"v-1\"/>"
            })
    void whatIsNamedIsShown(String element, String shown) {
        assertThat(text("<MPD>" + element + "</MPD>"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><MPD>" + shown + "</MPD>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<BaseURL>tcp://127.0.0.1/</BaseURL>",
                "<baseURL>httpproxy://127.0.0.1:1/</baseURL>",
                "<x:BaseURL xmlns:x=\"y\"><b>tcp:</b>//127.0.0.1/</x:BaseURL>",
                "<BaseURL><![CDATA[tcp]]>://127.0.0.1/</BaseURL>",
                "<BaseURL>a b</BaseURL>",
                "<BaseURL>http:$Number$</BaseURL>",
                "<BaseURL>http://$RepresentationID$/</BaseURL>",
                "<Location>file:///etc/passwd</Location>",
                "<SegmentTemplate media=\"tcp://127.0.0.1/\"/>",
                "<SegmentTemplate x:media=\"tcp://127.0.0.1/\" xmlns:x=\"y\"/>",
                "<SegmentTemplate initialization=\"&#116;cp://127.0.0.1/\"/>",
                "<SegmentURL index=\"$RepresentationID$://127.0.0.1/\"/>",
                "<Initialization sourceURL=\"tcp://127.0.0.1/\"/>",
                "<Representation id=\"tcp:\"/>",
                "<x:representation xmlns:x=\"y\" x:id=\"tcp:\"/>",
                "<Representation bandwidth=\"tcp:\"/>",
                "<Period xlink:href=\"http://b.example/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"/>",
                "<Period x:href=\"http://b.example/\" xmlns:x=\"http://www.w3.org/1999/xlink\"/>",
                "<Period>&a;</Period>",
                "<Period>",
                "<Period/>\u0000"
            })
    void whatMayNotBeNamedIsRefused(String element) {
        assertThatThrownBy(() -> text("<MPD>" + element + "</MPD>"))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageMatching("its (DASH )?playlist (has|names) .*")
                .hasMessageNotContaining("127.0.0.1");
    }

    @Test
    void nothingElseIsReadForIt() {
        assertThatThrownBy(() -> text("<!DOCTYPE MPD [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><MPD>&a;</MPD>"))
                .hasMessageContaining("without a DOCTYPE");
        assertThat(
                        text(
                                "<MPD><x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/></MPD>"))
                .doesNotContain("root");
        assertThatThrownBy(() -> text("<a>".repeat(100_000) + "</a>".repeat(100_000)))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void itIsWrittenAsUtf8WhateverItWasIn() {
        byte[] shown = DashPlaylist.shown("<MPD><BaseURL>ä/</BaseURL></MPD>".getBytes(UTF_16), HERE);

        assertThat(new String(shown, UTF_8)).contains("encoding=\"UTF-8\"", "<BaseURL>%C3%A4/</BaseURL>");
    }

    @Test
    void aLongOneIsReadInTime() {
        StringBuilder text = new StringBuilder("<MPD>");
        IntStream.range(0, 50_000)
                .forEach(i -> text.append("<SegmentURL media=\"").append(i).append(".m4s\"/>"));

        assertThat(text(text.append("</MPD>").toString())).contains("49999.m4s");
    }

    private static String text(String text) {
        return new String(DashPlaylist.shown(text.getBytes(UTF_8), HERE), UTF_8);
    }
}
