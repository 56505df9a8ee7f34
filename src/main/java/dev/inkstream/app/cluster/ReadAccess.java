package dev.inkstream.app.cluster;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.stream.Topics;

/// The topics of a cluster that answers, for a command that reads them.
///
/// @param topics with those who are trusted
public record ReadAccess(KafkaSettings settings, Topics topics, AvroSerdes serdes, TopicReader reader) {}
