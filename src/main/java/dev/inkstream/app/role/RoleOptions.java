package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.LogOptions;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.Tuning;
import picocli.CommandLine.Mixin;

/// Options of every role: the cluster, the topics, where it serves metrics, how it logs, which instance it is, and
/// what it favors.
final class RoleOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private MonitorOptions monitor = new MonitorOptions();

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Mixin
    private ResumeOptions resume = new ResumeOptions();

    @Mixin
    private TuningOption tuning = new TuningOption();

    @Mixin
    private LogOptions log = new LogOptions();

    LogOptions log() {
        return log;
    }

    KafkaOptions kafka() {
        return kafka;
    }

    Topics topics() {
        return topics.topics();
    }

    MonitorOptions monitor() {
        return monitor;
    }

    InstanceOptions instance() {
        return instance;
    }

    ResumeOptions resume() {
        return resume;
    }

    Tuning tuning() {
        return tuning.tuning();
    }
}
