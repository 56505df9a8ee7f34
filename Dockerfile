# The image of every role and command but those that start a broker of their own (demo, bench, broker).
#
#   docker build -t inkstream:local .
#
# Needs no BuildKit. Behind a proxy or a mirror, MAVEN_ARGS reaches Maven: --build-arg MAVEN_ARGS="-Dhttps.proxyHost=..."
#
# The base images' tags name Java 25 and Maven 3.9 and no patch level: a build takes the newest patches of both. To build
# the same again, give digests: --build-arg JRE_IMAGE=eclipse-temurin:25-jre@sha256:...

ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25
ARG JRE_IMAGE=eclipse-temurin:25-jre

FROM ${MAVEN_IMAGE} AS build
WORKDIR /build
ARG MAVEN_ARGS=""

# Without sources only the schemas' classes are compiled. That brings every library and plugin of the real build into
# a layer that lasts until the pom or a schema changes; dependency:go-offline would miss some.
COPY pom.xml ./
COPY .mvn .mvn
COPY schemas schemas
RUN mvn -B -q -Dmaven.test.skip=true package && rm -rf target

COPY src/main src/main
RUN mvn -B -q -o -Dmaven.test.skip=true package


# The cache that lets a container start sooner. It is of one build of Java and of the jars, at their place in the image.
# A container starts without it too, so the build continues with an empty one, which .ci/compose refuses.
FROM ${JRE_IMAGE} AS cache
COPY --from=build /build/target/lib /opt/inkstream/lib
COPY --from=build /build/target/broker-lib /opt/inkstream/broker-lib
COPY inkstream /opt/inkstream/
COPY --from=build /build/target/inkstream.jar /opt/inkstream/
RUN /opt/inkstream/inkstream warm-up || { cat /opt/inkstream/inkstream-aot.log; : >/opt/inkstream/inkstream.aot; }


FROM ${JRE_IMAGE}
ARG JRE_IMAGE

# The libraries change seldom, the jar always.
COPY --from=build /build/target/lib /opt/inkstream/lib
COPY inkstream docker/inkstream-ready docker/inkstream-feed LICENSE /opt/inkstream/
COPY --from=build /build/target/inkstream.jar /opt/inkstream/
COPY --from=cache /opt/inkstream/inkstream.aot /opt/inkstream/

# Numeric, so that Kubernetes sees that it is not root. /data is a user's to mount; a volume takes its owner.
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001

# The heap follows the container's memory; the rest is for threads, code and Kafka's buffers.
ENV PATH=/opt/inkstream:$PATH \
    HOME=/tmp \
    JAVA_OPTS="-XX:MaxRAMPercentage=60"

LABEL org.opencontainers.image.title="Inkstream" \
      org.opencontainers.image.description="Classifies images as they arrive on Kafka, and keeps learning from labels" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="docker.io/library/${JRE_IMAGE}"

# The launcher becomes the JVM, so SIGTERM reaches it: a role commits, leaves its group and exits.
ENTRYPOINT ["/opt/inkstream/inkstream"]
CMD ["--help"]
