package dev.inkstream.app.feed;

import dev.inkstream.app.console.Terminal;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A bar that grows with the images sent, where a person watches; nothing elsewhere. It takes itself off the
/// screen when it is closed.
record FeedProgress(Line line, @Nullable ProgressBar bar) implements AutoCloseable {
    private static final int REDRAW_MILLIS = 200;

    /// @param total how many images there will be; -1 if there is no end
    static FeedProgress on(Terminal terminal, long total) {
        Line line = new Line(terminal);
        if (!terminal.screen().interactive()) {
            return new FeedProgress(line, null);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(total)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setStyle(terminal.screen().color() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(line)
                .setUnit(" images", 1)
                .showSpeed()
                .build();
        return new FeedProgress(line, bar);
    }

    void sent(long images) {
        if (bar != null) {
            bar.stepTo(images);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            line.clear();
        }
    }

    /// One line of stderr, drawn over itself.
    record Line(Terminal terminal) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            // A character in the last column would break the line on some terminals.
            return terminal.screen().width() - 1;
        }

        @Override
        public void accept(String bar) {
            draw(bar);
        }

        @Override
        public void close() {
            // The bar does not always get here: the caller that closes the bar clears the line.
        }

        @Override
        public void clear() {
            draw(" ".repeat(getMaxRenderedLength()) + "\r");
        }

        private void draw(String text) {
            terminal.err().print("\r" + text);
            terminal.err().flush();
        }
    }
}
