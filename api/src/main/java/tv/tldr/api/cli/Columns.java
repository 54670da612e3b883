package tv.tldr.api.cli;

import java.util.List;

/** How do rows of cells stand below each other? */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** One line a row; every column is as wide as its widest cell. The first row says how many columns there are. */
    static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(" ", widths[column] - cell.length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
