package dev.inkstream.app.letters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.Requester;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sends rejected records back to the topics that they came from.
@Command(
        name = "redrive",
        description = "Send rejected records that a role would accept now back to their topic, each once.",
        footer = {
            "",
            "A record returns for the applications that rejected it; the others pass it over. Without OFFSET and filters"
                    + " all records are meant. --image-size and --classes are those of the roles."
        })
public final class DeadLettersRedriveCommand implements Callable<Integer> {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final LettersConsole console;
    private final LongSupplier nanos;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private RepairOptions repairs = new RepairOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "OFFSET",
            description = "Only these: offsets on dead-letters, or PARTITION@OFFSET.")
    private List<String> offsets = new ArrayList<>();

    @Option(names = "--dry-run", description = "Say what would return, and send nothing.")
    private boolean dryRun;

    /// @param nanos a clock, as [System#nanoTime()]
    public DeadLettersRedriveCommand(Terminal terminal, StopSignal stop, InstantSource clock, LongSupplier nanos) {
        this.console = new LettersConsole(terminal, stop, clock);
        this.nanos = nanos;
    }

    @Override
    public Integer call() throws InterruptedException {
        Set<Position> positions = new LinkedHashSet<>();
        offsets.forEach(text -> positions.add(Position.parse(text)));
        if (!positions.isEmpty() && options.isGiven()) {
            throw new UsageException("OFFSET is given with a filter; it must be given without --topic, --application,"
                    + " --reason, --from and --to");
        }
        Selection selection = options.selection(console.clock().instant());
        Repair repair = repairs.repair(positions.size(), options.format().maxRecordBytes());
        var _ = options.maxAttempts();
        LetterTopics topics = console.connect(options.kafka(), options.topics());
        Wanted wanted = positions.isEmpty()
                ? Wanted.all(selection)
                : Wanted.of(selection, topics.at(positions).values());
        if (dryRun) {
            Found found = find(topics, wanted, repair);
            report(found, Map.of());
        } else {
            redrive(topics, wanted, repair);
        }
        return CommandLine.ExitCode.OK;
    }

    /// What a run is to send.
    private record Found(RedrivePlan plan, Tally tally) {}

    private void redrive(LetterTopics topics, Wanted wanted, Repair repair) throws InterruptedException {
        KafkaProducer<byte[], byte[]> producer = RedriveProducer.open(
                topics.settings(), topics.topics(), options.format().maxRecordBytes());
        try {
            RedriveHeaders headers = new RedriveHeaders(
                    Requester.ofProcess(), console.clock().instant().truncatedTo(ChronoUnit.MILLIS));
            Redrive redrive = new Redrive(
                    new Redrive.Sender(producer, nanos), topics.topics().redrives(), headers, repair);
            redrive.begin();
            Found found = find(topics, wanted, repair);
            if (found.plan().records() > 0) {
                topics.read(letter -> {
                    found.plan().at(letter).ifPresent(redrive::add);
                    redrive.commitIfOld();
                });
                redrive.commit();
            }
            report(found, redrive.returned());
        } finally {
            // A transaction that is open is aborted by the next run, or by its timeout.
            producer.close(CLOSE);
        }
    }

    private Found find(LetterTopics topics, Wanted wanted, Repair repair) throws InterruptedException {
        Judge judge = new Judge(
                new Acceptance(topics.topics(), topics.serdes(), options.format()),
                topics.ledger(),
                options.maxAttempts());
        Found found = new Found(new RedrivePlan(), new Tally());
        topics.read(letter -> {
            Identity identity = Identity.of(letter);
            if (wanted.includes(letter, identity)
                    && found.tally().add(judge.verdict(letter, identity, repair), wanted.asks())) {
                found.plan().add(letter, identity);
            }
        });
        if (!wanted.records().isEmpty() && found.tally().isUnusable()) {
            throw new UserException("the record cannot return: "
                    + Text.printable(found.tally().refused().getFirst().getKey()));
        }
        return found;
    }

    /// @param returned records by topic
    private void report(Found found, Map<String, Long> returned) {
        long records = dryRun
                ? found.plan().records()
                : returned.values().stream().mapToLong(Long::longValue).sum();
        if (output.json()) {
            console.terminal().out().println(Json.document(json(found, records, returned)));
            return;
        }
        console.terminal()
                .out()
                .print(text(found, records, returned) + found.tally().text());
        if (found.plan().leftOut() > 0) {
            console.terminal()
                    .out()
                    .println("%s left for another run"
                            .formatted(Text.count(found.plan().leftOut(), "dead letter")));
        }
    }

    private String text(Found found, long records, Map<String, Long> returned) {
        if (records == 0) {
            return dryRun ? "nothing would return\n" : "nothing returned\n";
        }
        String text = "%s %s (%s)"
                .formatted(
                        dryRun ? "would return" : "returned",
                        Text.count(records, "record"),
                        Text.count(found.tally().usable(), "dead letter"));
        return returned.isEmpty() ? text + "\n" : text + " to " + String.join(", ", returned.keySet()) + "\n";
    }

    private ObjectNode json(Found found, long records, Map<String, Long> returned) {
        ObjectNode json = found.tally().json();
        json.put("records", records)
                .put("dryRun", dryRun)
                .put("leftOut", found.plan().leftOut());
        ObjectNode topics = json.putObject("topics");
        returned.forEach(topics::put);
        return json;
    }
}
