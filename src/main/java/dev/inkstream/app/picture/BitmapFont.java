package dev.inkstream.app.picture;

/// The characters captions are made of, 5x7 pixels each, so that no font need be installed.
final class BitmapFont {
    /// Columns of a character.
    static final int WIDTH = 5;
    /// Rows of a character.
    static final int HEIGHT = 7;

    private BitmapFont() {}

    /// Whether a character has ink in column `x` and row `y`. Characters it does not know are hollow boxes.
    static boolean ink(char character, int x, int y) {
        return rows(character).charAt(y * (WIDTH + 1) + x) == '#';
    }

    private static String rows(char character) {
        return switch (character) {
            case '0' -> ".###. #...# #..## #.#.# ##..# #...# .###.";
            case '1' -> "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.";
            case '2' -> ".###. #...# ....# ...#. ..#.. .#... #####";
            case '3' -> "##### ...#. ..#.. ...#. ....# #...# .###.";
            case '4' -> "...#. ..##. .#.#. #..#. ##### ...#. ...#.";
            case '5' -> "##### #.... ####. ....# ....# #...# .###.";
            case '6' -> "..##. .#... #.... ####. #...# #...# .###.";
            case '7' -> "##### ....# ...#. ..#.. .#... .#... .#...";
            case '8' -> ".###. #...# #...# .###. #...# #...# .###.";
            case '9' -> ".###. #...# #...# .#### ....# ...#. .##..";
            case '≠' -> "....# ...#. ##### ..#.. ##### .#... #....";
            case '=' -> "..... ..... ##### ..... ##### ..... .....";
            case '→' -> "..... ..#.. ...#. ##### ...#. ..#.. .....";
            case '%' -> "##..# ##..# ...#. ..#.. .#... #..## #..##";
            case '.' -> "..... ..... ..... ..... ..... .##.. .##..";
            case '-' -> "..... ..... ..... ##### ..... ..... .....";
            case '?' -> ".###. #...# ....# ...#. ..#.. ..... ..#..";
            case ' ' -> "..... ..... ..... ..... ..... ..... .....";
            default -> "##### #...# #...# #...# #...# #...# #####";
        };
    }
}
