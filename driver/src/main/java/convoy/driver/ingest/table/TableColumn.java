package convoy.driver.ingest.table;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A column of a table.
 *
 * @param name as the table writes it
 * @param type {@code STRING}, {@code INT}, {@code BIGINT} or {@code BINARY}, as Spark calls them,
 *     or what the table calls another
 */
record TableColumn(String name, String type) {
  private static final String PICTURES = "content";
  private static final String TEXT = "STRING";
  private static final String BYTES = "BINARY";

  /** A column of texts. */
  static TableColumn ofText(String name) {
    return new TableColumn(name, TEXT);
  }

  /** The columns of a Parquet file, from its end. */
  static List<TableColumn> ofParquet(Configuration configuration, String file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), configuration))) {
      return reader.getFileMetaData().getSchema().getFields().stream()
          .map(field -> new TableColumn(field.getName(), type(field)))
          .toList();
    }
  }

  private static String type(Type field) {
    LogicalTypeAnnotation meaning = field.getLogicalTypeAnnotation();
    if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      return "nested";
    }
    PrimitiveType primitive = field.asPrimitiveType();
    boolean plain = meaning == null || meaning instanceof IntLogicalTypeAnnotation;
    return switch (primitive.getPrimitiveTypeName()) {
      case BINARY ->
          meaning == null
              ? BYTES
              : meaning.equals(LogicalTypeAnnotation.stringType()) ? TEXT : meaning.toString();
      case INT32 -> plain ? "INT" : meaning.toString();
      case INT64 -> plain ? "BIGINT" : meaning.toString();
      default -> primitive.getPrimitiveTypeName().name();
    };
  }

  /** The name by which it is known here: in small letters. */
  String key() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether its values are looked at. */
  boolean isUsed() {
    return Set.of("path", "label", "split").contains(key()) || holdsPictures();
  }

  /** Whether its values are whole picture files. */
  boolean holdsPictures() {
    return key().equals(PICTURES) && type.equals(BYTES);
  }

  /** Whether its type is one that its values may have. */
  boolean isFit() {
    return switch (key()) {
      case "label" -> Set.of(TEXT, "INT", "BIGINT").contains(type);
      case PICTURES -> true;
      default -> type.equals(TEXT);
    };
  }

  /** The column in a schema of Spark. */
  String definition() {
    return "`" + name.replace("`", "``") + "` " + (isFit() ? type : BYTES);
  }
}
