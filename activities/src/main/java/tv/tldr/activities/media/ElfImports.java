package tv.tldr.activities.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes libraries off the list that an ELF-64 shared object asks the loader for. Works as long as nothing calls them:
 * functions are bound on their first call, so those of a dropped library just stay unbound.
 */
final class ElfImports {
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6ffffffeL;
    /** What a dropped entry names instead: a library that is always there, so that naming it again means nothing. */
    private static final String ALWAYS_THERE = "libc.so.6";

    private final ByteBuffer elf;
    private final Set<String> dropped;
    private final int strings;

    private ElfImports(byte[] bytes, Set<String> dropped) {
        this.elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.dropped = dropped;
        this.strings = offsetOf(dynamic(DT_STRTAB));
    }

    static void drop(Path library, Set<String> dropped) throws IOException {
        byte[] bytes = Files.readAllBytes(library);
        ElfImports imports = new ElfImports(bytes, dropped);
        imports.dropNeeded();
        imports.dropVersions();
        Files.write(library, bytes);
    }

    private void dropNeeded() {
        int harmless = -1;
        for (int entry = firstDynamic(); elf.getLong(entry) != 0; entry += 16) {
            if (elf.getLong(entry) == DT_NEEDED && text(elf.getInt(entry + 8)).equals(ALWAYS_THERE)) {
                harmless = elf.getInt(entry + 8);
            }
        }
        for (int entry = firstDynamic(); elf.getLong(entry) != 0; entry += 16) {
            if (elf.getLong(entry) == DT_NEEDED && dropped.contains(text(elf.getInt(entry + 8)))) {
                elf.putLong(entry + 8, harmless);
            }
        }
    }

    /** Unlinks the symbol versions wanted of dropped libraries: the loader checks each of them at start. */
    private void dropVersions() {
        int first = offsetOf(dynamic(DT_VERNEED));
        List<Integer> kept = new ArrayList<>();
        for (int record = first, next = -1; next != 0; record += next) {
            next = elf.getInt(record + 12);
            if (!dropped.contains(text(elf.getInt(record + 4)))) {
                kept.add(record);
            }
        }
        // That of the C library is always among them.
        int start = kept.getFirst();
        elf.putLong(entry(DT_VERNEED) + 8, dynamic(DT_VERNEED) + start - first);
        for (int i = 0; i < kept.size(); i++) {
            int record = kept.get(i);
            elf.putInt(record + 12, i + 1 < kept.size() ? kept.get(i + 1) - record : 0);
        }
    }

    private long dynamic(long tag) {
        return elf.getLong(entry(tag) + 8);
    }

    private int entry(long tag) {
        for (int entry = firstDynamic(); elf.getLong(entry) != 0; entry += 16) {
            if (elf.getLong(entry) == tag) {
                return entry;
            }
        }
        throw new IllegalStateException("not a shared object: no dynamic entry " + tag);
    }

    private int firstDynamic() {
        for (int header = firstSegment(), i = 0; i < segments(); i++, header += 56) {
            if (elf.getInt(header) == PT_DYNAMIC) {
                return (int) elf.getLong(header + 8);
            }
        }
        throw new IllegalStateException("not a shared object: no dynamic segment");
    }

    /** Place in the file of an address in memory. */
    private int offsetOf(long address) {
        for (int header = firstSegment(), i = 0; i < segments(); i++, header += 56) {
            long start = elf.getLong(header + 16);
            if (elf.getInt(header) == PT_LOAD && address >= start && address < start + elf.getLong(header + 32)) {
                return (int) (address - start + elf.getLong(header + 8));
            }
        }
        throw new IllegalStateException("no segment holds address " + address);
    }

    private int firstSegment() {
        return (int) elf.getLong(32);
    }

    private int segments() {
        return elf.getShort(56);
    }

    private String text(int offset) {
        int start = strings + offset;
        int end = start;
        while (elf.get(end) != 0) {
            end++;
        }
        return new String(elf.array(), start, end - start, StandardCharsets.US_ASCII);
    }
}
