package io.github.wsspring.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param page the name of the page
 * @param line the line of its first character, from 1
 * @param language what stands behind the fence
 * @param text what is between the fences
 */
record CodeBlock(String page, int line, String language, String text) {

	private static final String FENCE = "```";

	/**
	 * Finds the blocks of a page.
	 * @param page the name of the page
	 * @param lines its lines
	 */
	static List<CodeBlock> of(String page, List<String> lines) {
		List<CodeBlock> blocks = new ArrayList<>();
		int open = -1;
		for (int i = 0; i < lines.size(); i++) {
			if (!lines.get(i).startsWith(FENCE)) {
				continue;
			}
			if (open >= 0) {
				String language = lines.get(open).substring(FENCE.length()).strip();
				String text = String.join("\n", lines.subList(open + 1, i)) + "\n";
				blocks.add(new CodeBlock(page, open + 2, language, text));
			}
			open = (open >= 0) ? -1 : i;
		}
		if (open >= 0) {
			throw new IllegalArgumentException(page + ":" + (open + 1) + ": this block is not closed");
		}
		return blocks;
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
