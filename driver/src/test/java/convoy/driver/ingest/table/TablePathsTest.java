package convoy.driver.ingest.table;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.files.LocalFiles;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class TablePathsTest {
  private final TablePaths local =
      new TablePaths(new Configuration(), LocalFiles.location("/data/my set"));
  private final TablePaths remote = new TablePaths(new Configuration(), "hdfs://host:9000/data");

  @Test
  void relativePath_isBelowTheFolderOfTheTable() {
    assertThat(local.location("a b/100%.png")).isEqualTo("file:/data/my%20set/a%20b/100%25.png");
    assertThat(local.location("./a/./b:c.png")).isEqualTo("file:/data/my%20set/a/b%3Ac.png");
    assertThat(remote.location("a b/c.png")).isEqualTo("hdfs://host:9000/data/a b/c.png");
  }

  @Test
  void absolutePath_isOnTheFileSystemOfTheTable() {
    assertThat(local.location("/x/y.png")).isEqualTo("file:/x/y.png");
    assertThat(remote.location("/x/y.png")).isEqualTo("hdfs://host:9000/x/y.png");
  }

  @Test
  void pathWithAScheme_isWhereItSays() {
    assertThat(local.location("file:/x/y z.png")).isEqualTo("file:/x/y%20z.png");
    assertThat(remote.location("file:///x/y.png")).isEqualTo("file:/x/y.png");
  }

  @Test
  void nameWithAColon_isNoScheme() {
    assertThat(local.location("a:b.png")).isEqualTo("file:/data/my%20set/a%3Ab.png");
  }
}
