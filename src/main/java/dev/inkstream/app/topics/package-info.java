/// Creates and lists the topics of a cluster. Imports `stream`, `app.cluster` and `app.console`.
@NullMarked
package dev.inkstream.app.topics;

import org.jspecify.annotations.NullMarked;
