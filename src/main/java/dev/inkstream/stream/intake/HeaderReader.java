package dev.inkstream.stream.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Keeps the first headers of a record, within the bounds, and marks a record that has more. Stateless.
final class HeaderReader {
    private HeaderReader() {}

    /// Reads the headers of a record.
    static Headers read(RecordStream in) throws IOException {
        int count = in.varint();
        if (count < 0) {
            throw new IOException("number of headers is " + count);
        }
        long start = in.position();
        Headers kept = new RecordHeaders();
        long bytes = 0;
        int dropped = 0;
        for (int i = 0; i < count; i++) {
            int nameSize = in.varint();
            if (nameSize < 0) {
                throw new IOException("length of a header's name is " + nameSize);
            }
            boolean fits = i < IntakeLimits.HEADERS && bytes + nameSize <= IntakeLimits.HEADER_BYTES;
            byte[] name = fits ? in.bytes(nameSize) : skipped(in, nameSize);
            int valueSize = in.varint();
            fits = fits && bytes + nameSize + Math.max(0, valueSize) <= IntakeLimits.HEADER_BYTES;
            if (fits) {
                byte[] value = valueSize < 0 ? null : in.bytes(valueSize);
                kept.add(new RecordHeader(new String(name, StandardCharsets.UTF_8), value));
                bytes += nameSize + Math.max(0, valueSize);
            } else {
                in.skip(Math.max(0, valueSize));
                dropped++;
            }
        }
        if (dropped > 0) {
            kept.add(Cut.ofHeaders(count, in.position() - start, dropped));
        }
        return kept;
    }

    /// The headers of a record within the bounds: themselves, if they are.
    static Headers within(Headers headers) {
        Header[] all = headers.toArray();
        if (all.length == 0) {
            return headers;
        }
        long size = 0;
        long bytes = 0;
        int number = 0;
        Headers kept = new RecordHeaders();
        for (Header header : all) {
            boolean mark = header instanceof Cut;
            long more = mark ? 0 : size(header);
            size += more;
            if (mark || (number < IntakeLimits.HEADERS && bytes + more <= IntakeLimits.HEADER_BYTES)) {
                kept.add(header);
                number += mark ? 0 : 1;
                bytes += more;
            }
        }
        int dropped = all.length - kept.toArray().length;
        return dropped == 0 ? headers : kept.add(Cut.ofHeaders(number + dropped, size, dropped));
    }

    /// Bytes of name and value.
    static long size(Header header) {
        return header.key().getBytes(StandardCharsets.UTF_8).length
                + (header.value() == null ? 0L : header.value().length);
    }

    private static byte[] skipped(RecordStream in, int size) throws IOException {
        in.skip(size);
        return new byte[0];
    }
}
