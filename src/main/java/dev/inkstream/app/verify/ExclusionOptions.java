package dev.inkstream.app.verify;

import dev.inkstream.app.console.UserException;
import dev.inkstream.dataset.FileReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which records a training leaves out.
public final class ExclusionOptions {
    private static final int MAX_LINES = 1_000_000;
    private static final int MAX_CHARACTERS = 4_000;

    @Option(
            names = "--without",
            paramLabel = "ID",
            split = ",",
            description = "Ids of images, all of whose records are meant.")
    private List<String> ids = List.of();

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            description = "A file with an image id on each line; after a tab, the offset of the one record that is"
                    + " meant. 'models bisect --ids-to' writes it.")
    private @Nullable Path file;

    /// What was given; empty if nothing was.
    ///
    /// @throws UserException if the file cannot be read
    public Optional<Exclusions> read() {
        if (file == null && ids.isEmpty()) {
            return Optional.empty();
        }
        Set<String> all = new LinkedHashSet<>(ids);
        Map<Long, String> records = new HashMap<>();
        if (file != null) {
            read(file, all, records);
        }
        return Optional.of(new Exclusions(all, records));
    }

    private static void read(Path file, Set<String> all, Map<Long, String> records) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = line(lines); line != null; line = line(lines)) {
                number++;
                if (number > MAX_LINES || line.length() > MAX_CHARACTERS) {
                    throw new UserException("%s, line %d: a file has at most %d lines of at most %d characters"
                            .formatted(file, number, MAX_LINES, MAX_CHARACTERS));
                }
                add(line, "%s, line %d".formatted(file, number), all, records);
            }
        } catch (MalformedInputException e) {
            throw new UserException("%s cannot be read (it is not UTF-8)".formatted(file), e);
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "it does not exist" : FileReason.of(e);
            throw new UserException("%s cannot be read (%s)".formatted(file, reason), e);
        }
    }

    /// As [BufferedReader#readLine()], but of a line that is too long no more than shows that: there may be no end.
    private static @Nullable String line(BufferedReader lines) throws IOException {
        int next = lines.read();
        if (next < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        while (next >= 0 && next != '\n' && next != '\r' && line.length() <= MAX_CHARACTERS) {
            line.append((char) next);
            next = lines.read();
        }
        if (next == '\r') {
            lines.mark(1);
            if (lines.read() != '\n') {
                lines.reset();
            }
        }
        return line.toString();
    }

    private static void add(String line, String where, Set<String> all, Map<Long, String> records) {
        if (line.isEmpty()) {
            return;
        }
        ExclusionLine parsed = ExclusionLine.parse(where, line);
        if (parsed.offset().isPresent()) {
            records.put(parsed.offset().getAsLong(), parsed.imageId());
        } else {
            all.add(parsed.imageId());
        }
    }
}
