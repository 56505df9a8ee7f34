package dev.inkstream.app.bench;

/// One run of a workload. Immutable.
///
/// @param round from 1; the runs of one round are compared
record Measured(Workload workload, int threads, int round, RateWindow window) {}
