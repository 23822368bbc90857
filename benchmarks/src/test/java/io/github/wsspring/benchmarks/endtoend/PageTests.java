package io.github.wsspring.benchmarks.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Requirements for {@link Page}.
 */
class PageTests {

	@TempDir
	Path directory;

	@Test
	void onlyThePartOfThatNameIsWrittenAnew() throws Exception {
		Path file = this.directory.resolve("page.md");
		Files.writeString(file, "a\n<!-- x: begin -->\nold\n<!-- x: end -->\n<!-- y: begin -->\n<!-- y: end -->\n");
		new Page(file).replace("x", "new\n");
		new Page(file).replace("x", "newer\n");
		assertThat(file).content()
			.isEqualTo("a\n<!-- x: begin -->\n\nnewer\n\n<!-- x: end -->\n<!-- y: begin -->\n<!-- y: end -->\n");
		assertThatIllegalStateException().isThrownBy(() -> new Page(file).replace("z", ""))
			.withMessageContaining("<!-- z: begin -->");
	}

}
