package io.github.wsspring.conformance;

import java.util.List;

/**
 * All sections.
 */
final class Catalogue {

	private Catalogue() {
	}

	static List<Section> sections(Settings settings) {
		return List.of(Section1Framing.section(), Section2PingPong.section(), Section3ReservedBits.section(),
				Section4Opcodes.section(), Section5Fragmentation.section(), Section6Utf8.section(),
				Section7Closing.section(), Section9Limits.section(settings), Section10AutoFragmentation.section(),
				SectionsOfDeflate.payloads(settings), SectionsOfDeflate.parameters(settings));
	}

}
