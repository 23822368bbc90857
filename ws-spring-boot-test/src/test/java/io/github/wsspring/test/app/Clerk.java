package io.github.wsspring.test.app;

import org.jspecify.annotations.Nullable;

/** A collaborator, which tests replace. */
interface Clerk {

	@Nullable String answer(String question);

}
