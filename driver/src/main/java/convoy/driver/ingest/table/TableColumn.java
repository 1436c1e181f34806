package convoy.driver.ingest.table;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
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
record TableColumn(String name, String type) implements Serializable {
  private static final String PICTURES = "content";
  private static final String TEXT = "STRING";
  private static final String BYTES = "BINARY";

  /** A column of texts, of whose name the letters' case does not matter. */
  static TableColumn ofText(String name) {
    return new TableColumn(key(name), TEXT);
  }

  /** A column of a Parquet file. */
  static TableColumn ofParquet(Type field) {
    return new TableColumn(field.getName(), type(field));
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
    return key(name);
  }

  /** The name in small letters. */
  static String key(String name) {
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
}
