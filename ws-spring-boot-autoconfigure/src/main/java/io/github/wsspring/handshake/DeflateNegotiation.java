package io.github.wsspring.handshake;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.wsspring.handshake.ExtensionOffers.Offer;
import io.github.wsspring.handshake.ExtensionOffers.Parameter;
import io.github.wsspring.protocol.DeflateParameters;
import org.jspecify.annotations.Nullable;

/**
 * Agrees on permessage-deflate: takes the first offer that is legal, and answers it (RFC
 * 7692, sections 5 and 7.1).
 */
public final class DeflateNegotiation {

	private static final String NAME = "permessage-deflate";

	private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

	private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";

	private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";

	private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

	private DeflateNegotiation() {
	}

	/**
	 * Answers the offers of a request that {@link Handshake#check} found correct.
	 * @param request the request
	 * @param contextTakeover whether messages may refer to those before them
	 * @return what is agreed on, {@code null} if nothing
	 */
	public static @Nullable Agreement negotiate(UpgradeRequest request, boolean contextTakeover) {
		List<Offer> offers = ExtensionOffers.of(request);
		if (offers == null) {
			return null;
		}
		for (Offer offer : offers) {
			if (offer.name().equalsIgnoreCase(NAME) && isLegal(offer)) {
				return answer(offer, contextTakeover);
			}
		}
		return null;
	}

	// RFC 7692 7.1: "A server MUST decline" unknown parameters, illegal values and
	// parameters that come twice
	private static boolean isLegal(Offer offer) {
		Set<String> seen = new HashSet<>();
		for (Parameter parameter : offer.parameters()) {
			String value = parameter.value();
			boolean legal = switch (parameter.name()) {
				case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value == null;
				case SERVER_MAX_WINDOW_BITS -> value != null && isWindowBits(value);
				case CLIENT_MAX_WINDOW_BITS -> value == null || isWindowBits(value);
				default -> false;
			};
			if (!legal || !seen.add(parameter.name())) {
				return false;
			}
		}
		return true;
	}

	// RFC 7692 7.1.2.1: "a decimal integer value without leading zeroes between 8 to 15"
	private static boolean isWindowBits(String value) {
		return value.matches("[89]|1[0-5]");
	}

	private static Agreement answer(Offer offer, boolean contextTakeover) {
		boolean serverAlone = !contextTakeover || find(offer, SERVER_NO_CONTEXT_TAKEOVER) != null;
		boolean clientAlone = !contextTakeover || find(offer, CLIENT_NO_CONTEXT_TAKEOVER) != null;
		Parameter window = find(offer, SERVER_MAX_WINDOW_BITS);
		String bits = (window != null) ? window.value() : null;
		StringBuilder header = new StringBuilder(NAME);
		if (serverAlone) {
			header.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
		}
		if (clientAlone) {
			header.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
		}
		if (bits != null) {
			header.append("; ").append(SERVER_MAX_WINDOW_BITS).append('=').append(bits);
		}
		return new Agreement(
				new DeflateParameters(serverAlone, clientAlone,
						(bits != null) ? Integer.parseInt(bits) : DeflateParameters.MAX_WINDOW_BITS),
				header.toString());
	}

	private static @Nullable Parameter find(Offer offer, String name) {
		for (Parameter parameter : offer.parameters()) {
			if (parameter.name().equals(name)) {
				return parameter;
			}
		}
		return null;
	}

	/**
	 * What is agreed on.
	 *
	 * @param parameters the agreement
	 * @param header the value of {@code Sec-WebSocket-Extensions} that says so
	 */
	public record Agreement(DeflateParameters parameters, String header) {

	}

}
