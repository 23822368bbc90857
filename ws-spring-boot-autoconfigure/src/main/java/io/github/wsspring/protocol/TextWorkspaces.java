package io.github.wsspring.protocol;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The {@link TextWorkspace}s of all who send texts, from whichever thread: as many as
 * work at the same time, {@value #SLOTS} of which are kept. Safe for all threads.
 */
final class TextWorkspaces {

	private static final int SLOTS = 16;

	/** Puts slots on cache lines of their own. */
	private static final int SPACING = 16;

	/** A slot is empty while what was in it is in use. */
	private final AtomicReferenceArray<@Nullable TextWorkspace> kept = new AtomicReferenceArray<>(SLOTS * SPACING);

	/**
	 * Takes a workspace.
	 * @return one that nobody else has until {@link #giveBack}
	 */
	TextWorkspace take() {
		for (int slot = 0; slot < this.kept.length(); slot += SPACING) {
			if (this.kept.get(slot) != null) {
				TextWorkspace workspace = this.kept.getAndSet(slot, null);
				if (workspace != null) {
					return workspace;
				}
			}
		}
		return new TextWorkspace();
	}

	/**
	 * Keeps a workspace if there is room for it.
	 * @param workspace not to be used any more
	 */
	void giveBack(TextWorkspace workspace) {
		for (int slot = 0; slot < this.kept.length(); slot += SPACING) {
			if (this.kept.get(slot) == null) {
				// two may put theirs here, and one is forgotten
				this.kept.setRelease(slot, workspace);
				return;
			}
		}
	}

}
