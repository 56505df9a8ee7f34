package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.Table.Column;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(Column.text("NAME"), Column.number("N"), Column.text(""));

    @Test
    void columnsAreAlignedAndLinesHaveNoBlanksAtTheEnd() {
        table.row("a", "1", "").row("longer", "1,000", "x");

        assertThat(table.text()).isEqualTo("NAME        N\na           1\nlonger  1,000  x\n");
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(table.row("a\u001b[31m\n", "1", "").text()).contains("a\ufffd[31m\ufffd");
    }

    @Test
    void aRowMustFit() {
        assertThatThrownBy(() -> table.row("a")).hasMessage("row has 1 cells; it must have 3");
    }
}
