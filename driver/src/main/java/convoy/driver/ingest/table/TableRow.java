package convoy.driver.ingest.table;

/**
 * A row of a table; what it lacks is null.
 *
 * @param path of the picture, as the table has it
 * @param label its class, a whole number as its digits
 * @param split as the table has it
 */
record TableRow(String path, String label, String split) {}
