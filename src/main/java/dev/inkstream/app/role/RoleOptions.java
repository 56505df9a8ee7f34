package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.monitor.MonitorOptions;
import dev.inkstream.stream.Topics;
import picocli.CommandLine.Mixin;

/// What every role is told: the cluster, the topics, where it tells of itself, and which instance it is.
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
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private ResumeOptions resume = new ResumeOptions();

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

    WaitOptions patience() {
        return wait;
    }

    ResumeOptions resume() {
        return resume;
    }
}
