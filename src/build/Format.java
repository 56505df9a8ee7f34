import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Formats every Java file under a directory, or checks that it is formatted. The build runs it from source on JDK 25:
/// `java src/build/Format.java check|write <directory>`.
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("write");
        List<Path> sources;
        try (var files = Files.walk(Path.of(args[1]))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        List<String> complaints = new ArrayList<>();
        for (Path source : sources) {
            String text = Files.readString(source);
            try {
                String formatted = format(text);
                if (!formatted.equals(text)) {
                    if (write) {
                        Files.writeString(source, formatted);
                    } else {
                        complaints.add(source + ":" + firstDifference(text, formatted));
                    }
                }
            } catch (FormatterException e) {
                complaints.add(
                        source + ":" + e.getMessage() + " (the formatter wants \"var _\" inside record patterns)");
            }
        }
        complaints.forEach(System.err::println);
        if (!complaints.isEmpty()) {
            System.err.println(complaints.size() + " of " + sources.size()
                    + " Java files are not formatted. To format them: mvn -Pformat initialize");
            System.exit(1);
        }
        System.out.println(sources.size() + " Java files are formatted");
    }

    private static String format(String text) throws FormatterException {
        String ordered = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), Style.PALANTIR);
        return FORMATTER.formatSource(ordered);
    }

    private static String firstDifference(String text, String formatted) {
        List<String> have = text.lines().toList();
        List<String> want = formatted.lines().toList();
        int line = 0;
        while (line < have.size() && line < want.size() && have.get(line).equals(want.get(line))) {
            line++;
        }
        return (line + 1) + ": want: " + (line < want.size() ? want.get(line) : "end of file");
    }
}
