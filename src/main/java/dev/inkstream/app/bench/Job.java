package dev.inkstream.app.bench;

import dev.inkstream.stream.Topics;
import java.util.List;

/// One run of a workload, ready to start: the input is on its topics. Immutable.
///
/// @param command of the process, without the broker's address
/// @param group of its consumers
/// @param inputs names of the topics that it reads to their ends
/// @param topics of the run; those of its own are deleted after it
record Job(List<String> command, String group, List<String> inputs, Topics topics) {}
