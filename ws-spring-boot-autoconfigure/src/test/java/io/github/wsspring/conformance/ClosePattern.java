package io.github.wsspring.conformance;

import java.util.Set;

/**
 * How a connection is to end.
 *
 * @param starter who is to send the first Close
 * @param clean whether the closing handshake has to be complete
 * @param codes the codes that the server's Close may have; none is always fine
 * @param whenMet whether the tester closes as soon as what it expects has come
 * @param decides what here also decides about the behaviour
 */
record ClosePattern(Peer starter, boolean clean, Set<Integer> codes, boolean whenMet, Decides decides) {

	/** The tester closes when it has seen what it expects. */
	static final ClosePattern NORMAL = new ClosePattern(Peer.TESTER, true, Set.of(1000), true, Decides.NOTHING);

	/** The server fails the connection for a protocol error. */
	static final ClosePattern PROTOCOL_ERROR = new ClosePattern(Peer.SERVER, false, Set.of(1002), false,
			Decides.NOTHING);

	/** The server fails the connection for text that is not UTF-8. */
	static final ClosePattern UTF8_ERROR = new ClosePattern(Peer.SERVER, false, Set.of(1007), false, Decides.STARTER);

	/** The tester's script closes, legally. */
	static ClosePattern answered(Integer... codes) {
		return new ClosePattern(Peer.TESTER, true, Set.of(codes), false, Decides.CODE);
	}

	/** The tester's script sends a Close that is not legal. */
	static ClosePattern refused(Integer... codes) {
		return new ClosePattern(Peer.TESTER, false, Set.of(codes), false, Decides.CODE);
	}

	/** One of the two. */
	enum Peer {

		TESTER, SERVER

	}

	/** What of the closing makes the behaviour fail as well. */
	enum Decides {

		NOTHING, CODE, STARTER

	}

}
