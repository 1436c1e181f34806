package convoy.driver.monitoring.ui;

import convoy.driver.monitoring.page.TrainingPage;
import javax.servlet.http.HttpServletRequest;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.ui.WebUIPage;
import org.json4s.JsonAST.JValue;
import org.json4s.jackson.JsonMethods$;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.xml.Node;
import scala.xml.Unparsed;

/** The one page of the tab, with its JSON beside it. Spark checks who may view either. */
final class TrainingTabPage extends WebUIPage {
  private final TrainingTab tab;

  TrainingTabPage(TrainingTab tab) {
    super("");
    this.tab = tab;
  }

  @Override
  public Seq<Node> render(HttpServletRequest request) {
    Node content = new Unparsed(TrainingPage.content(tab.json().toString()));
    return UIUtils.headerSparkPage(
        request,
        "Training",
        () -> JavaConverters.asScalaBuffer(java.util.List.of(content)),
        tab,
        Option.empty(),
        false,
        false);
  }

  @Override
  public JValue renderJson(HttpServletRequest request) {
    return JsonMethods$.MODULE$.fromJsonNode(tab.json());
  }
}
