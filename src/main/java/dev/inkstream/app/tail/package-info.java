/// Shows predictions and dead letters as they are made. Imports `record`, `stream`, `app.cluster` and `app.console`.
@NullMarked
package dev.inkstream.app.tail;

import org.jspecify.annotations.NullMarked;
