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
import java.util.regex.Pattern;

/// Formats every Java file under a directory, or checks that it is formatted. The build runs it from source on JDK 25:
/// `java src/build/Format.java check|write <directory>`.
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    /// The formatter takes a run of `///` lines for one block comment and breaks its long lines without repeating the
    /// slashes, so it is shown line comments of the same width instead, marked by a vertical tab, which no source uses.
    private static final String MASK = "//\u000B";

    /// What an empty `///` becomes: its end must not look like trailing white space.
    private static final String EMPTY_MASK = MASK + '\uE000';

    private static final Pattern EMPTY_DOC = Pattern.compile("^(\\h*)///\\h*$", Pattern.MULTILINE);
    private static final Pattern DOC = Pattern.compile("^(\\h*)///", Pattern.MULTILINE);

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
            visit(source, write, complaints);
        }
        complaints.forEach(System.err::println);
        if (!complaints.isEmpty()) {
            System.err.println(complaints.size() + " of " + sources.size() + " Java files are not formatted"
                    + (write ? "" : ". To format them: mvn -Pformat initialize"));
            System.exit(1);
        }
        System.out.println(sources.size() + " Java files are formatted");
    }

    private static void visit(Path source, boolean write, List<String> complaints) throws IOException {
        String text = Files.readString(source);
        try {
            String formatted = format(text);
            int broken = firstDifference(docLines(text), docLines(formatted));
            if (broken >= 0) {
                complaints.add("%s: break this /// line by hand, to at most 120 columns: %s"
                        .formatted(source, docLines(text).get(broken)));
            } else if (!formatted.equals(text) && write) {
                Files.writeString(source, formatted);
            } else if (!formatted.equals(text)) {
                List<String> wanted = formatted.lines().toList();
                int line = firstDifference(text.lines().toList(), wanted);
                complaints.add(source + ":" + (line + 1) + ": want: "
                        + (0 <= line && line < wanted.size() ? wanted.get(line) : "another end of file"));
            }
        } catch (FormatterException e) {
            complaints.add(source + ":" + e.getMessage() + " (inside record patterns the formatter wants \"var _\")");
        }
    }

    private static String format(String text) throws FormatterException {
        String ordered = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), Style.PALANTIR);
        String masked = DOC.matcher(EMPTY_DOC.matcher(ordered).replaceAll("$1" + EMPTY_MASK))
                .replaceAll("$1" + MASK);
        return FORMATTER.formatSource(masked).replace(EMPTY_MASK, "///").replace(MASK, "///");
    }

    private static List<String> docLines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("///"))
                .toList();
    }

    /// The index of the first line that is not the same in both, or -1.
    private static int firstDifference(List<String> have, List<String> want) {
        for (int i = 0; i < Math.max(have.size(), want.size()); i++) {
            if (i >= have.size() || i >= want.size() || !have.get(i).equals(want.get(i))) {
                return Math.min(i, have.size() - 1);
            }
        }
        return -1;
    }
}
