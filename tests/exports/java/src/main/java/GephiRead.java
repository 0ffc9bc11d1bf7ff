import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.TimeFormat;
import org.gephi.graph.api.types.IntervalSet;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** What Gephi finds in a GEXF file, line by line: "node id type", "edge id source target type begin end". */
public class GephiRead {
  static String day(double instant, boolean end) {
    if (Double.isInfinite(instant)) return "";
    return java.time.Instant.ofEpochMilli((long) instant).atZone(java.time.ZoneOffset.UTC).toLocalDate().toString();
  }

  static String days(Element element) {
    IntervalSet set = (IntervalSet) element.getAttribute("timeset");
    if (set == null || set.isEmpty()) return "\t\t";
    Interval whole = set.toArray()[0];
    return "\t" + day(whole.getLow(), false) + "\t" + day(whole.getHigh(), true);
  }

  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    container.getLoader().setEdgesMergeStrategy(org.gephi.io.importer.api.EdgeMergeStrategy.NO_MERGE);
    importer.process(container, new DefaultProcessor(), workspace);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Node node : model.getGraph().getNodes()) out.println("node\t" + node.getId() + "\t" + node.getAttribute("type") + days(node));
    for (Edge edge : model.getGraph().getEdges())
      out.println("edge\t" + edge.getId() + "\t" + edge.getSource().getId() + "\t" + edge.getTarget().getId() + "\t" + edge.getAttribute("type") + days(edge));
    if (model.getTimeFormat() != TimeFormat.DATE) throw new IllegalStateException("times are read as " + model.getTimeFormat());
  }
}
