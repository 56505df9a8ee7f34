package dev.inkstream.app.bench;

import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;

/// One run of a workload, ready to start: the input is on its topics. Immutable.
///
/// @param program that has the command; empty for this one
/// @param command of the process, without the broker's address
/// @param group of its consumers
/// @param inputs names of the topics that it reads to their ends
/// @param topics of the run; those of its own are deleted after it
record Job(Optional<Program> program, List<String> command, String group, List<String> inputs, Topics topics) {
    /// Of this program.
    Job(List<String> command, String group, List<String> inputs, Topics topics) {
        this(Optional.empty(), command, group, inputs, topics);
    }

    ProgramProcess start(BenchCluster cluster, String name) {
        return program.map(other -> cluster.run(other, name, command)).orElseGet(() -> cluster.run(name, command));
    }
}
