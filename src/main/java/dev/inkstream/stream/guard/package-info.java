/// Keeps an application instance from processing twice what a committed transaction has processed, and from displacing
/// its successor. Imports `record`; opens no socket of its own but the Kafka clients'.
@NullMarked
package dev.inkstream.stream.guard;

import org.jspecify.annotations.NullMarked;
