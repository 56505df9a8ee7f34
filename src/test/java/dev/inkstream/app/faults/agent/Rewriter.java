package dev.inkstream.app.faults.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rewrites classes as the JVM loads them. Thread-safe.
///
/// A rewrite whose method is missing ends the process: with another version of Kafka a fault must not silently be none.
record Rewriter(List<Rewrite> rewrites) implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        List<Rewrite> ours =
                rewrites.stream().filter(rewrite -> rewrite.type().equals(name)).toList();
        if (ours.isEmpty()) {
            return null;
        }
        try {
            return rewritten(ours, loader, bytes);
        } catch (RuntimeException | Error e) {
            // The JVM ignores what a transformer throws.
            System.err.println("cannot rewrite " + name + ": " + e);
            Runtime.getRuntime().halt(1);
            return null;
        }
    }

    private static byte[] rewritten(List<Rewrite> ours, ClassLoader loader, byte[] bytes) {
        ClassFile classes = ClassFile.of(
                ClassFile.DebugElementsOption.DROP_DEBUG,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        byte[] now = bytes;
        for (Rewrite rewrite : ours) {
            ClassModel model = classes.parse(now);
            if (model.methods().stream().noneMatch(rewrite::rewrites)) {
                throw new IllegalStateException("it has no method " + rewrite.method());
            }
            now = classes.transformClass(
                    model, ClassTransform.transformingMethods(rewrite::rewrites, (builder, part) -> {
                        CodeTransform code = rewrite.code().get();
                        if (part instanceof java.lang.classfile.CodeModel body) {
                            builder.transformCode(body, code);
                        } else {
                            builder.with(part);
                        }
                    }));
        }
        return now;
    }
}
