/// Files that live as long as the process. Imports nothing else of Inkstream.
@NullMarked
package dev.inkstream.app.files;

import org.jspecify.annotations.NullMarked;
