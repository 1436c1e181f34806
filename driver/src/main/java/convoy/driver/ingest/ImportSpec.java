package convoy.driver.ingest;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import java.util.Optional;

/**
 * The import of an image set.
 *
 * @param from a folder, a table or an archive, a Hadoop URI or local path; empty if not given
 * @param kind what it is, or that it is to be recognised
 * @param labels which of CIFAR-100's two labels of a picture is its class
 * @param size rows and columns that pictures become, without the margin; empty if they keep their
 *     own
 * @param fit how a picture of another shape becomes one of that size
 * @param margin pixels stored on each side around it, for random crops
 * @param validationShare share of the training pictures put aside for validation, 0 to 0.9
 * @param testShare likewise for the test
 * @param seed of the choice of these
 * @param maxPixels width x height above which a picture is refused, 1 or more
 * @param maxRejectedShare share of unreadable pictures above which the import fails, 0 to 1
 */
public record ImportSpec(
    String from,
    ImportKind kind,
    CifarLabels labels,
    Optional<ImageShape> size,
    Fit fit,
    int margin,
    double validationShare,
    double testShare,
    long seed,
    long maxPixels,
    double maxRejectedShare) {}
