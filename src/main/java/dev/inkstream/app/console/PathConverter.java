package dev.inkstream.app.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts an option's value to a path, or says in one sentence why it is none: in the C locale Java cannot pass on
/// names with letters beyond ASCII.
///
/// @param encoding in which the system passes file names to Java: the property `sun.jnu.encoding`
public record PathConverter(String encoding) implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            boolean ascii = value.chars().allMatch(each -> each < 128);
            throw new TypeConversionException("'%s' is no path: %s"
                    .formatted(
                            Text.printable(value),
                            ascii
                                    ? e.getReason()
                                    : "file names are " + encoding + " in this locale; set LC_ALL=C.UTF-8"));
        }
    }
}
