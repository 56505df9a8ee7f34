package dev.inkstream.app.bench;

/// A program that is measured beside this one, and is not a part of it. Immutable.
record Program(String classPath, String mainClass) {}
