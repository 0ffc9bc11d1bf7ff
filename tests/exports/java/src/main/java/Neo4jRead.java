import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;

/** What an imported Neo4j database answers, line by line: "node id name type", "edge id source target type begin end". */
public class Neo4jRead {
  public static void main(String[] arguments) {
    DatabaseManagementService service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Transaction transaction = service.database("neo4j").beginTx()) {
      print(out, transaction, "MATCH (n:Entity) RETURN 'node' AS a, n.id AS b, n.name AS c, n.type AS d");
      print(out, transaction, "MATCH (a)-[r]->(b) RETURN 'edge' AS a, r.id AS b, a.id AS c, b.id AS d, type(r) AS e, "
          + "coalesce(toString(r.begin), '') AS f, coalesce(toString(r.end), '') AS g, r.asserted AS h, r.denied AS i");
    }
    service.shutdown();
  }

  static void print(PrintStream out, Transaction transaction, String question) {
    try (Result rows = transaction.execute(question)) {
      while (rows.hasNext()) {
        var row = rows.next();
        StringBuilder line = new StringBuilder();
        for (String column : rows.columns()) line.append(line.isEmpty() ? "" : "\t").append(String.valueOf(row.get(column)).replace("\t", "\\t").replace("\n", "\\n"));
        out.println(line);
      }
    }
  }
}
