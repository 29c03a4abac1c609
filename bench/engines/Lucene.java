import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.FSDirectory;

/** Lucene's side of the comparison: facets by a collector over doc values in the same pass as the ten best. */
public class Lucene {
  static final String[] FACETS = {"country", "year", "article", "actor"};
  static final int TOP = 10;
  static final int FRAGMENT = 150;
  static final String END = "";

  final IndexSearcher searcher;

  public Lucene(String folder) throws Exception {
    searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Path.of(folder))));
    searcher.setQueryCache(null);
  }

  /** Indexes ready.jsonl with so many threads. */
  public static void build(String corpus, String folder, int threads) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer()).setRAMBufferSizeMB(256);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(Path.of(folder)), config)) {
      BlockingQueue<String> lines = new ArrayBlockingQueue<>(1000);
      List<Exception> failed = new ArrayList<>();
      Thread[] workers = new Thread[threads];
      for (int i = 0; i < threads; i++) {
        workers[i] = new Thread(() -> index(writer, lines, failed));
        workers[i].start();
      }
      try (BufferedReader reader = Files.newBufferedReader(Path.of(corpus))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) lines.put(line);
      }
      for (Thread worker : workers) lines.put(END);
      for (Thread worker : workers) worker.join();
      if (!failed.isEmpty()) throw failed.get(0);
    }
  }

  static void index(IndexWriter writer, BlockingQueue<String> lines, List<Exception> failed) {
    ObjectMapper json = new ObjectMapper();
    try {
      for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
        JsonNode from = json.readTree(line);
        Document document = new Document();
        document.add(new StoredField("id", from.get("id").asText()));
        document.add(new TextField("text", from.get("text").asText(), Field.Store.YES));
        for (String facet : FACETS) {
          for (JsonNode value : from.get(facet)) {
            document.add(new StringField(facet, value.asText(), Field.Store.NO));
            document.add(new SortedSetDocValuesField(facet, new org.apache.lucene.util.BytesRef(value.asText())));
          }
        }
        writer.addDocument(document);
      }
    } catch (Exception error) {
      synchronized (failed) {
        failed.add(error);
      }
    }
  }

  /** The answer: total, then facet by facet "value, tab, count" lines, then ids and fragments. */
  public Object[] run(String kind, String[][] words, String[] filtered, String[][] values, int level) throws Exception {
    Query base = base(kind, words);
    TopScoreDocCollector best = TopScoreDocCollector.create(TOP, Integer.MAX_VALUE);
    List<String> facets = new ArrayList<>();
    if (level == 0) {
      searcher.search(narrowed(base, filtered, values, null), best);
    } else {
      Map<String, Counter> counters = new HashMap<>();
      List<Collector> together = new ArrayList<>(List.of(best));
      for (String facet : FACETS) {
        counters.put(facet, new Counter(facet));
        if (!List.of(filtered).contains(facet)) together.add(counters.get(facet));
      }
      searcher.search(narrowed(base, filtered, values, null), MultiCollector.wrap(together));
      for (String facet : filtered) searcher.search(narrowed(base, filtered, values, facet), counters.get(facet));
      for (String facet : FACETS) facets.add(counters.get(facet).lines());
    }
    TopDocs top = best.topDocs();
    List<String> ids = new ArrayList<>();
    List<String> snippets = new ArrayList<>();
    if (level == 2) {
      StoredFields stored = searcher.storedFields();
      Set<String> wanted = new HashSet<>();
      for (String[] phrase : words) wanted.addAll(List.of(phrase));
      for (ScoreDoc hit : top.scoreDocs) {
        Document document = stored.document(hit.doc);
        ids.add(document.get("id"));
        snippets.add(cut(document.get("text"), wanted, kind.equals("prefix") ? words[0][0] : null));
      }
    }
    return new Object[] {(int) top.totalHits.value, facets.toArray(new String[0]), ids.toArray(new String[0]), snippets.toArray(new String[0])};
  }

  Query base(String kind, String[][] words) {
    if (kind.equals("prefix")) return new PrefixQuery(new Term("text", words[0][0]));
    if (kind.equals("phrase")) return new PhraseQuery("text", words[0]);
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    if (kind.equals("name")) {
      for (String[] phrase : words) all.add(new PhraseQuery("text", phrase), Occur.SHOULD);
      return all.build();
    }
    if (words[0].length == 1) return new TermQuery(new Term("text", words[0][0]));
    for (String word : words[0]) all.add(new TermQuery(new Term("text", word)), kind.equals("or") ? Occur.SHOULD : Occur.MUST);
    return all.build();
  }

  /** The query with its filters, but for that of one facet. */
  Query narrowed(Query base, String[] filtered, String[][] values, String but) {
    BooleanQuery.Builder all = new BooleanQuery.Builder().add(base, Occur.MUST);
    boolean any = false;
    for (int i = 0; i < filtered.length; i++) {
      if (filtered[i].equals(but)) continue;
      BooleanQuery.Builder either = new BooleanQuery.Builder();
      for (String value : values[i]) either.add(new TermQuery(new Term(filtered[i], value)), Occur.SHOULD);
      all.add(either.build(), Occur.FILTER);
      any = true;
    }
    return any ? all.build() : base;
  }

  /** Two windows with the most hits, marked. */
  static String cut(String text, Set<String> wanted, String prefix) {
    List<int[]> hits = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf(' ', start);
      if (end < 0) end = text.length();
      boolean hit = prefix == null ? wanted.contains(text.substring(start, end)) : text.startsWith(prefix, start);
      if (hit) hits.add(new int[] {start, end});
      start = end + 1;
    }
    StringBuilder out = new StringBuilder();
    int after = -1;
    for (int fragment = 0; fragment < 2; fragment++) {
      int first = -1;
      int most = 0;
      for (int i = 0; i < hits.size(); i++) {
        if (hits.get(i)[0] < after) continue;
        int j = i;
        while (j < hits.size() && hits.get(j)[1] < hits.get(i)[0] + FRAGMENT) j++;
        if (j - i > most) {
          most = j - i;
          first = i;
        }
      }
      if (first < 0 && fragment > 0) break;
      int at = first < 0 ? 0 : text.lastIndexOf(' ', Math.max(0, hits.get(first)[0] - FRAGMENT / 5)) + 1;
      int stop = text.indexOf(' ', Math.min(text.length(), at + FRAGMENT));
      if (stop < 0) stop = text.length();
      int from = at;
      for (int[] hit : hits) {
        if (hit[0] < at || hit[1] > stop) continue;
        out.append(text, from, hit[0]).append("<b>").append(text, hit[0], hit[1]).append("</b>");
        from = hit[1];
      }
      out.append(text, from, stop).append(" … ");
      after = stop;
    }
    return out.toString();
  }

  /** Counts the values of a facet over the documents that match. */
  static class Counter extends SimpleCollector {
    final String facet;
    final Map<String, Integer> counts = new HashMap<>();
    SortedSetDocValues values;
    int[] numbers;

    Counter(String facet) {
      this.facet = facet;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws java.io.IOException {
      flush();
      values = DocValues.getSortedSet(context.reader(), facet);
      numbers = new int[(int) values.getValueCount()];
    }

    @Override
    public void collect(int doc) throws java.io.IOException {
      if (!values.advanceExact(doc)) return;
      for (int i = 0, n = values.docValueCount(); i < n; i++) numbers[(int) values.nextOrd()]++;
    }

    void flush() throws java.io.IOException {
      if (values == null) return;
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] > 0) counts.merge(values.lookupOrd(i).utf8ToString(), numbers[i], Integer::sum);
      }
      values = null;
    }

    String lines() throws java.io.IOException {
      flush();
      StringBuilder out = new StringBuilder();
      counts.forEach((value, count) -> out.append(value).append('\t').append(count).append('\n'));
      return out.toString();
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
