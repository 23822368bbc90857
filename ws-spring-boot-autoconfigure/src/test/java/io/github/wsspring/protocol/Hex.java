package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Bytes as the tests write them: hex digits with spaces wherever they help to read.
 */
final class Hex {

	private Hex() {
	}

	static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	static String of(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

}
