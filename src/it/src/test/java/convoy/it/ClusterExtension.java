package convoy.it;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Cluster} and the {@link SmallTraining}, as parameters. Both are made when
 * first asked for, shared by all test classes, and ended after the last.
 */
final class ClusterExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == Cluster.class || type == SmallTraining.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Store store = test.getRoot().getStore(Namespace.create(ClusterExtension.class));
    Cluster cluster =
        store.getOrComputeIfAbsent(Cluster.class, key -> make(Cluster::start), Cluster.class);
    return parameter.getParameter().getType() == Cluster.class
        ? cluster
        : store.getOrComputeIfAbsent(
            SmallTraining.class,
            key -> make(() -> SmallTraining.run(cluster)),
            SmallTraining.class);
  }

  private interface Maker<T> {
    T make() throws IOException, InterruptedException;
  }

  private static <T> T make(Maker<T> maker) {
    try {
      return maker.make();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
