package convoy.it;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Cluster}, the {@link SmallTraining} and the {@link PictureTraining}, as
 * parameters. Each is made when first asked for, shared by all test classes, and ended after the
 * last.
 */
final class ClusterExtension implements ParameterResolver {
  private static final Set<Class<?>> TYPES =
      Set.of(Cluster.class, SmallTraining.class, PictureTraining.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Store store = test.getRoot().getStore(Namespace.create(ClusterExtension.class));
    Cluster cluster = shared(store, Cluster.class, Cluster::start);
    Class<?> type = parameter.getParameter().getType();
    if (type == SmallTraining.class) {
      return shared(store, SmallTraining.class, () -> SmallTraining.run(cluster));
    }
    return type == PictureTraining.class
        ? shared(store, PictureTraining.class, () -> PictureTraining.run(cluster))
        : cluster;
  }

  private static <T> T shared(Store store, Class<T> type, Maker<T> maker) {
    return store.getOrComputeIfAbsent(type, key -> make(maker), type);
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
