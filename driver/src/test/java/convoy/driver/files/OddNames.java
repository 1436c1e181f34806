package convoy.driver.files;

import java.util.List;

/** File names that a careless reader loses, and that a local file system allows. */
public final class OddNames {
  public static final List<String> ALL =
      List.of(
          " leading and trailing blanks ",
          "with:colon.png",
          "100%.png",
          "%41 is not A.png",
          "a#fragment.png",
          "what?.png",
          "plus+and&and=and;.png",
          "\"quoted\", with comma.png",
          "it's.png",
          "two\nlines.png",
          "carriage\rreturn.png",
          "both\r\n.png",
          "tab\t.png",
          ".hidden.png",
          "_underscore.png",
          "back\\slash.png",
          "{a,b}[c]*.png",
          "猫.png",
          "кошка.png",
          "été.png",
          "ete\u0301 in two characters.png",
          "🐱.png",
          "no-extension",
          "NULL",
          "null");

  private OddNames() {}
}
