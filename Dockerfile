# Peerhost in a container: docker build -t peerhost . && docker run --rm -p 8080:8080 -v "$PWD/public:/site" peerhost /site
# Without /site it serves the built-in site. Only pages and signaling go through a published port: data channels to the Java
# peer use UDP ports of the container's own address, which other machines reach with --network host (Linux).

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# The dependencies change less often than the sources: a layer of their own.
COPY pom.xml ./
RUN mvn -B -q dependency:go-offline
COPY application.yml ./
COPY src/main src/main
COPY frontend/lib frontend/lib
COPY frontend/site frontend/site
RUN mvn -B -q -DskipTests package && java -Djarmode=tools -jar target/peerhost.jar extract --destination extracted

FROM eclipse-temurin:25-jre
COPY bin /opt/peerhost/bin
RUN /opt/peerhost/bin/setup --native && rm -rf /var/lib/apt/lists/*
COPY --from=build /build/extracted /opt/peerhost
# With this image's own Java, and where it stays: the JVM refuses a cache of another one, or of other files.
RUN java -XX:AOTCacheOutput=/opt/peerhost/cache -jar /opt/peerhost/peerhost.jar --rehearse >/dev/null
RUN useradd --system --no-create-home peerhost
USER peerhost
# A relative DIR is one below /site.
WORKDIR /site
EXPOSE 8080
# bash opens the connection itself: a JVM would take seconds of processor time for each check, and the image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD bash -c 'exec 3<>"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}" && \
    printf "GET /__/peerhost/health HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && read -r _ status _ <&3 && [ "$status" = 200 ]'
ENTRYPOINT ["java", "-XX:AOTCache=/opt/peerhost/cache", "-Xlog:aot*=off", "-jar", "/opt/peerhost/peerhost.jar"]
