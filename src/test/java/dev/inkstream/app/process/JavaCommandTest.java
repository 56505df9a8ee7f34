package dev.inkstream.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    @Test
    void aLineHasJavaThenItsOptionsThenTheProgram() {
        JavaCommand java = new JavaCommand(Path.of("jdk", "java"), List.of("-Xmx64m"), "a.jar:b.jar", "a.Main");

        assertThat(java.line(List.of("broker", "--port", "0")))
                .containsExactly(
                        Path.of("jdk", "java").toString(),
                        "-Xmx64m",
                        "-classpath",
                        "a.jar:b.jar",
                        "a.Main",
                        "broker",
                        "--port",
                        "0");
    }

    @Test
    void anotherProgramHasTheSameJavaAndOptions() {
        JavaCommand java = new JavaCommand(Path.of("java"), List.of("-Xmx64m"), "a.jar", "a.Main");

        assertThat(java.of("b.jar", "b.Main"))
                .isEqualTo(new JavaCommand(Path.of("java"), List.of("-Xmx64m"), "b.jar", "b.Main"));
    }

    @Test
    void aTemporaryDirectoryReplacesThatOfThisProcess() {
        JavaCommand java = new JavaCommand(Path.of("java"), List.of("-Djava.io.tmpdir=a"), "a.jar", "a.Main");

        assertThat(java.in(Path.of("b")).options())
                .as("the last one counts")
                .containsExactly("-Djava.io.tmpdir=a", "-Djava.io.tmpdir=b");
    }

    @Test
    void aChildDoesNotListenForADebuggerToo() {
        assertThat(JavaCommand.inherited(List.of("-Xmx64m", "-agentlib:jdwp=transport=dt_socket,address=5005")))
                .containsExactly("-Xmx64m");
    }

    @Test
    void thisProcessHasAJavaAndAClassPath() {
        JavaCommand java = JavaCommand.ofThisProcess();

        assertThat(java.java()).isExecutable();
        assertThat(java.classPath()).isNotEmpty().doesNotContain("/proc/self/");
    }
}
