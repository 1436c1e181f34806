package convoy.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {
  private final Configuration hadoop = new Configuration();

  private static void assertRefused(ThrowingCallable use, String... parts) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(use)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .satisfies(e -> assertThat(e).hasMessageContainingAll(parts))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void unknownScheme_isNamed() {
    assertRefused(
        () -> Locations.qualified(hadoop, "foo://host/data"),
        "Cannot reach foo://host/data: ",
        "No FileSystem for scheme \"foo\"",
        "(check the URI, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://host/data", "https://host/data", "HTTP://host/data"})
  void addressOnTheWeb_isNoFileSystem(String address) {
    assertRefused(
        () -> Locations.qualified(hadoop, address),
        "Cannot reach %s: it is an address on the web and not on a file system ("
            .formatted(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs:///data",
        "webhdfs:///data",
        "swebhdfs:/data",
        "viewfs:///data",
        "viewfs://x/data",
        "har:///data",
        "har:/data",
        "s3://bucket/data",
        "gs://bucket/data",
        "data:/x",
        "x.y-z+1:/d"
      })
  void uriWithoutAHost_orWithoutAFileSystem_isNamed(String uri) {
    assertRefused(() -> Locations.qualified(hadoop, uri), "Cannot reach " + uri.substring(0, 4));
  }

  @Test
  void unknownHost_isNamed() {
    assertRefused(
        () -> Locations.qualified(hadoop, "hdfs://no-such-host.invalid:9000/data"),
        "Cannot reach hdfs://no-such-host.invalid:9000/data: ",
        "UnknownHostException");
  }

  @Test
  void textThatIsNoUri_isQuoted() {
    assertRefused(
        () -> Locations.qualified(hadoop, "hdfs:data"), "Cannot use \"hdfs:data\" as a location: ");
    assertRefused(() -> Locations.path(""), "Cannot use \"\" as a location: ");
  }

  @Test
  void failureWithARemoteStackTrace_isItsFirstLine() {
    assertRefused(
        () ->
            Locations.reach(
                new Path("hdfs://host/data"),
                () -> {
                  throw new IOException("Permission denied: user=ann\n\tat org.apache.Server");
                }),
        "Cannot reach hdfs://host/data: IOException, Permission denied: user=ann (check ");
  }

  @Test
  void qualifiedPath_hasTheSchemeOfItsFileSystem() {
    assertThat(Locations.qualified(hadoop, "/data/set")).hasToString("file:/data/set");
  }

  @Test
  void isWithin_followsSymbolicLinks(@TempDir java.nio.file.Path directory) throws IOException {
    Files.createDirectory(directory.resolve("real"));
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));
    Path real = Locations.qualified(hadoop, directory + "/real/not/yet");
    Path linked = Locations.qualified(hadoop, directory + "/link/not");

    assertThat(Locations.isWithin(real, linked)).isTrue();
    assertThat(Locations.isWithin(linked, real)).isFalse();
  }

  @Test
  void fileSystemWhoseJarsAreMissing_isSaidWithTheRemedy() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Locations.qualified(new Configuration(), "s3a://bucket/data"))
        .withMessage(
            "Cannot reach s3a://bucket/data: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found (give Spark the jars of this file system, for s3a: with --conf spark.jars.packages=org.apache.hadoop:hadoop-aws:VERSION)");
  }
}
