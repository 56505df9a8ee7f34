package dev.inkstream.app.faults.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A Java agent for the child processes of tests: rewrites classes as they are loaded, so that the product needs no
/// hooks. Its argument is empty, a [Mutant], or an order of [Halts]; further orders come line by line on standard
/// input.
public final class FaultAgent {
    private FaultAgent() {}

    /// The JVM calls it before `main`.
    public static void premain(String argument, Instrumentation instrumentation) {
        List<Rewrite> rewrites = new ArrayList<>(Rewrite.haltPoints());
        mutant(argument).map(Rewrite::of).ifPresent(rewrites::add);
        if (argument != null && argument.contains(" ")) {
            Halts.order(argument);
        }
        instrumentation.addTransformer(new Rewriter(rewrites));
        Thread.ofPlatform().daemon().name("orders").start(FaultAgent::takeOrders);
    }

    private static Optional<Mutant> mutant(String argument) {
        return argument == null || argument.isEmpty() || argument.contains(" ")
                ? Optional.empty()
                : Optional.of(Mutant.valueOf(argument));
    }

    private static void takeOrders() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = in.readLine(); order != null; order = in.readLine()) {
                Halts.order(order);
            }
        } catch (IOException e) {
            System.err.println("the harness is gone: " + e.getMessage());
        }
    }

    /// Writes the agent's jar: nothing but a manifest, since the class path has the classes.
    ///
    /// @return the jar
    public static Path jar(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", FaultAgent.class.getName());
        Path jar = directory.resolve("fault-agent.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    /// The JVM option.
    public static String option(Path jar, String argument) {
        return "-javaagent:" + jar + (argument.isEmpty() ? "" : "=" + argument);
    }
}
