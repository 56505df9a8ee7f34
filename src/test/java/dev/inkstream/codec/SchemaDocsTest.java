package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// The schemas are what other teams read first, and often all that they read.
class SchemaDocsTest {
    @Test
    void everySchemaAndEveryFieldSaysWhatItMeans() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path file : files()) {
            collectSilent(new Schema.Parser().parse(file.toFile()), silent);
        }
        assertThat(silent).as("without a doc").isEmpty();
    }

    @Test
    void everySchemaHasASerde() throws IOException {
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(AvroSerdes.schemas().stream()
                        .map(schema -> schema.getName() + ".avsc")
                        .toList());
    }

    /// A silent field must be found, or the test above says nothing.
    @Test
    void aFieldWithoutADocIsFound() {
        List<String> silent = new ArrayList<>();
        collectSilent(
                new Schema.Parser()
                        .parse("{\"type\":\"record\",\"name\":\"R\",\"doc\":\"r\",\"fields\":["
                                + "{\"name\":\"a\",\"type\":\"int\",\"doc\":\"a\"},"
                                + "{\"name\":\"b\",\"type\":\"int\",\"doc\":\" \"},"
                                + "{\"name\":\"c\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\"]}}]}"),
                silent);
        assertThat(silent).containsExactly("R.b", "R.c", "E");
    }

    private static void collectSilent(Schema schema, List<String> silent) {
        if (schema.getType() == Schema.Type.ARRAY) {
            collectSilent(schema.getElementType(), silent);
        }
        if (schema.getType() != Schema.Type.RECORD && schema.getType() != Schema.Type.ENUM) {
            return;
        }
        if (isBlank(schema.getDoc())) {
            silent.add(schema.getName());
        }
        if (schema.getType() == Schema.Type.RECORD) {
            for (Schema.Field field : schema.getFields()) {
                if (isBlank(field.doc())) {
                    silent.add(schema.getName() + "." + field.name());
                }
                collectSilent(field.schema(), silent);
            }
        }
    }

    private static boolean isBlank(String doc) {
        return doc == null || doc.isBlank();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("schemas"), "*.avsc")) {
            found.forEach(files::add);
        }
        return files;
    }
}
