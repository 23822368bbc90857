package io.github.wsspring.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Sections 12 and 13: permessage-deflate with different payloads and different
 * parameters.
 */
final class SectionsOfDeflate {

	private static final int[] LENGTHS = { 16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072, 8192, 16384,
			32768, 65536, 131072, 131072, 131072, 131072 };

	private static final int[] FRAGMENTS = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 256, 256, 256, 256, 256, 1024, 4096, 32768 };

	private static final int[] GUARDS = { 60, 60, 120, 240 };

	private final Settings settings;

	private final List<Case> cases = new ArrayList<>();

	private SectionsOfDeflate(Settings settings) {
		this.settings = settings;
	}

	static Section payloads(Settings settings) {
		SectionsOfDeflate section = new SectionsOfDeflate(settings);
		long seed = settings.seed();
		List<DeflateOffer> plain = List.of(DeflateOffer.PLAIN);
		section.add("12.1.", "JSON", Frame.TEXT, DataFile.json(seed), plain);
		section.add("12.2.", "bitmap", Frame.BINARY, DataFile.bitmap(seed), plain);
		section.add("12.3.", "prose", Frame.BINARY, DataFile.prose(seed), plain);
		section.add("12.4.", "HTML", Frame.TEXT, DataFile.html(seed), plain);
		section.add("12.5.", "PDF", Frame.BINARY, DataFile.pdf(seed), plain);
		return new Section(12, "permessage-deflate, payloads", 2, section.cases);
	}

	static Section parameters(Settings settings) {
		SectionsOfDeflate section = new SectionsOfDeflate(settings);
		DataFile json = DataFile.json(settings.seed());
		List<List<DeflateOffer>> offers = List.of(List.of(DeflateOffer.PLAIN), List.of(new DeflateOffer(true, null)),
				List.of(new DeflateOffer(false, 9)), List.of(new DeflateOffer(false, 15)),
				List.of(new DeflateOffer(true, 9)), List.of(new DeflateOffer(true, 15)),
				List.of(new DeflateOffer(true, 9), new DeflateOffer(true, null), DeflateOffer.PLAIN));
		for (int i = 0; i < offers.size(); i++) {
			section.add("13." + (i + 1) + ".", "JSON", Frame.TEXT, json, offers.get(i));
		}
		return new Section(13, "permessage-deflate, parameters", 2, section.cases);
	}

	private void add(String group, String data, int opcode, DataFile file, List<DeflateOffer> offers) {
		for (int i = 0; i < LENGTHS.length; i++) {
			int length = LENGTHS[i];
			int count = this.settings.messages(1000, length);
			String title = count + " x " + length + " of " + data
					+ ((FRAGMENTS[i] > 0) ? ", fragmented at " + FRAGMENTS[i] : "") + ", offers " + offers;
			Case.Load load = new Case.Load(opcode, count, file.windows(length), FRAGMENTS[i], Chop.DEFAULT);
			this.cases.add(new Case.Echoed(group + (i + 1), title, load, offers, true,
					Guard.fail((i < GUARDS.length) ? GUARDS[i] : 480)));
		}
	}

}
