package dev.inkstream.app.faults.agent;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// How a method of a class is rewritten when it is loaded. Immutable.
///
/// @param type internal name of the class
/// @param method its name
/// @param arity number of its parameters
/// @param code makes what changes one method's code
record Rewrite(String type, String method, int arity, Supplier<CodeTransform> code) {
    private static final ClassDesc HALTS = ClassDesc.of(Halts.class.getName());
    private static final MethodTypeDesc OF_TEXT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final String PRODUCER = "org/apache/kafka/clients/producer/KafkaProducer";
    private static final String INTERNALS = "org/apache/kafka/streams/processor/internals/";
    private static final String GLOBAL = INTERNALS + "GlobalStateManagerImpl";

    /// The calls of [Halts].
    static List<Rewrite> haltPoints() {
        return List.of(
                new Rewrite(PRODUCER, "send", 2, () -> atEntry(Rewrite::sending)),
                new Rewrite(PRODUCER, "flush", 0, () -> atReturn(Rewrite::flushed)),
                new Rewrite(PRODUCER, "sendOffsetsToTransaction", 2, () -> atEntry(halt(HaltPoint.OFFSETS_BEFORE))),
                new Rewrite(PRODUCER, "sendOffsetsToTransaction", 2, () -> atReturn(halt(HaltPoint.OFFSETS_AFTER))),
                new Rewrite(PRODUCER, "commitTransaction", 0, () -> atEntry(halt(HaltPoint.COMMIT_BEFORE))),
                new Rewrite(PRODUCER, "commitTransaction", 0, () -> atReturn(halt(HaltPoint.COMMIT_AFTER))),
                new Rewrite(INTERNALS + "ProcessorNode", "init", 1, () -> atEntry(halt(HaltPoint.INIT))),
                new Rewrite(INTERNALS + "ProcessorStateManager", "restore", 3, () -> atEntry(halt(HaltPoint.RESTORE))),
                new Rewrite(GLOBAL, "restoreState", 1, () -> atEntry(halt(HaltPoint.RESTORE))),
                new Rewrite(GLOBAL, "reprocessState", 1, () -> atEntry(halt(HaltPoint.RESTORE))));
    }

    /// The defect.
    static Rewrite of(Mutant mutant) {
        return switch (mutant) {
            case AT_LEAST_ONCE ->
                new Rewrite(
                        "dev/inkstream/stream/runtime/StreamsSettings",
                        "toMap",
                        0,
                        () -> replacing("exactly_once_v2", "at_least_once"));
            case WRITTEN_IN_COMMIT ->
                new Rewrite(
                        "org/apache/kafka/streams/state/internals/CachingKeyValueStore",
                        "flushCache",
                        0,
                        () -> atEntry(CodeBuilder::return_));
            case GAP_NOT_TRAINED ->
                new Rewrite("dev/inkstream/trainer/TrainProcessor", "trainGap", 1, () -> atEntry(CodeBuilder::return_));
        };
    }

    boolean rewrites(MethodModel model) {
        return model.methodName().equalsString(method)
                && model.methodTypeSymbol().parameterCount() == arity;
    }

    private static CodeTransform atEntry(Consumer<CodeBuilder> added) {
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                added.accept(code);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
    }

    private static CodeTransform atReturn(Consumer<CodeBuilder> added) {
        return (code, element) -> {
            if (element instanceof ReturnInstruction) {
                added.accept(code);
            }
            code.with(element);
        };
    }

    private static CodeTransform replacing(String text, String other) {
        return (code, element) -> {
            if (element instanceof ConstantInstruction constant && text.equals(constant.constantValue())) {
                code.loadConstant(other);
            } else {
                code.with(element);
            }
        };
    }

    private static Consumer<CodeBuilder> halt(HaltPoint point) {
        return code -> code.loadConstant(point.name()).invokestatic(HALTS, "at", OF_TEXT);
    }

    private static void sending(CodeBuilder code) {
        code.aload(1).invokestatic(HALTS, "sending", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
    }

    private static void flushed(CodeBuilder code) {
        code.invokestatic(HALTS, "flushed", MethodTypeDesc.of(ConstantDescs.CD_void));
    }
}
