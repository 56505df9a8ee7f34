package dev.inkstream.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs the program in a JVM that a stop has reached already, as if SIGTERM came while it loaded its first classes.
final class StoppedBeforeMain {
    private static final int SIGTERM_STATUS = 143;

    private StoppedBeforeMain() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.countDown();
            awaitBriefly(ended);
        }));
        Thread.ofPlatform().start(() -> System.exit(SIGTERM_STATUS));
        stopping.await();
        try {
            Main.main(args);
        } finally {
            ended.countDown();
        }
    }

    private static void awaitBriefly(CountDownLatch ended) {
        try {
            ended.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
