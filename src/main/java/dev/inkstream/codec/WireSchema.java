package dev.inkstream.codec;

/// A schema as producers and consumers in other languages need it. Immutable.
///
/// @param name without its namespace
/// @param id without a schema registry
/// @param json the schema, for people to read
public record WireSchema(String name, int id, String json) {}
