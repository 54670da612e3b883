# syntax=docker/dockerfile:1
# The program as an image: built with Maven, run by a Java of the modules that it needs alone, as a user who may do nothing. FFmpeg is
# in the jar and is unpacked into /var/lib/tldr, as is all else that it keeps: mount a volume there; the rest can be read-only.

FROM maven:3.9.11-eclipse-temurin-25 AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -pl api -am -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    && java -Djarmode=tools -jar "$(find api/target -name 'tldr-api-*.jar' ! -name '*sources*')" \
        extract --layers --destination /layers --application-filename tldr.jar
# What the libraries ask for; jdk.crypto.* and jdk.charsets are found at run time only.
RUN jlink --strip-debug --no-man-pages --no-header-files --compress zip-6 --output /java --add-modules \
    java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.prefs,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.charsets,jdk.crypto.cryptoki,jdk.httpserver,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs

FROM debian:12.12-slim
LABEL org.opencontainers.image.title="TL;DR Highlight API" \
      org.opencontainers.image.licenses="Apache-2.0"
# FFmpeg sees nothing but its job where the host lets containers make user namespaces.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends bubblewrap && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /var/lib/tldr --create-home --shell /usr/sbin/nologin tldr
COPY --from=build /java /opt/java
# Libraries change seldom, the program often: a layer each.
COPY --from=build /layers/dependencies/ /opt/tldr/
COPY --from=build /layers/snapshot-dependencies/ /opt/tldr/
COPY --from=build /layers/application/ /opt/tldr/
# What ./tldr is outside: docker compose exec api tldr doctor
COPY --chmod=755 deploy/image/tldr /usr/local/bin/tldr
ENV TLDR_HOME=/var/lib/tldr \
    PORT=8000 \
    BIND_ADDRESS=0.0.0.0 \
    LOG_FORMAT=json \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
USER 10001:10001
WORKDIR /var/lib/tldr
VOLUME /var/lib/tldr
EXPOSE 8000
# Alive, not ready: what it depends on may be away without that a new container helps.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '\"up\"' <&3"]
# It drains on SIGTERM and is gone within 30 s.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/tldr"]
CMD ["serve"]
