package io.github.wsspring.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Octets as the catalogue writes them.
 */
final class Hex {

	private Hex() {
	}

	static byte[] octets(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	static byte[] repeat(int octet, int length) {
		byte[] result = new byte[length];
		Arrays.fill(result, (byte) octet);
		return result;
	}

	static byte[] cycle(byte[] pattern, int length) {
		byte[] result = new byte[length];
		for (int i = 0; i < length; i++) {
			result[i] = pattern[i % pattern.length];
		}
		return result;
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			result.writeBytes(part);
		}
		return result.toByteArray();
	}

	/** Not more than the first 24 octets, and how many there are. */
	static String abbreviated(byte[] octets) {
		String hex = HexFormat.of().formatHex(octets, 0, Math.min(24, octets.length));
		return (octets.length <= 24) ? hex : hex + "... of " + octets.length;
	}

}
