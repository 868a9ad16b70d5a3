/*
 * Text as the search compares and shows it. Every folding is one character for one character, so that places in the
 * folded text are places in the text, but for white space, which is taken out. ES5.
 */
(function (scope) {
  "use strict";

  var BLANK = /[\t\v\f\r \u00a0\u00ad\u034f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufe0f\ufeff]/g;
  var ONE_BLANK = new RegExp(BLANK.source);
  var FOLDABLE = /[A-Z\[\]{}~\u223c\u00b5\u00c0-\u00de\u0391-\u03a9\uff01-\uff5e\u2070-\u208e\u00b2\u00b3\u00b9\u2010-\u2015\u2018-\u201f\u2212\u3008-\u301f\ufe31-\ufe44\ufe59-\ufe5e\u00b7\u2022\u2027\u30fb]/g;
  // every entry is one character for one character, so places in the folded text stay places in the text
  var FOLDS = pairs(
    "\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089",
    "23104567890123456789"
  );
  merge(FOLDS, pairs("〔〕【】〖〗〘〙〚〛[]{}［］｛｝﹙﹚﹛﹜﹝﹞", "()()()()()()()()()()()()"));
  merge(FOLDS, pairs("‐‑‒–—―−~〜∼", "----------"));
  merge(FOLDS, pairs("“”„‟〝〞〟「」『』‘’‚‛", "\"\"\"\"\"\"\"\"\"\"\"''''"));
  merge(FOLDS, pairs("〈〉\u00b5", "<>\u03bc"));
  merge(FOLDS, pairs("•‧・", "···"));

  function pairs(from, to) {
    var table = {};
    for (var at = 0; at < from.length; at++) table[from.charAt(at)] = to.charAt(at);
    return table;
  }

  function merge(table, more) {
    for (var key in more) if (more.hasOwnProperty(key)) table[key] = more[key];
  }

  function fold(char) {
    if (FOLDS.hasOwnProperty(char)) return FOLDS[char];
    var code = char.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return fold(String.fromCharCode(code - 0xfee0));
    var lower = char.toLowerCase();
    return lower.length === 1 ? lower : char;
  }

  /* Text as it is compared: one form for wide and narrow, upper and lower case; without white space. */
  function folded(text) {
    return text.replace(FOLDABLE, fold).replace(BLANK, "");
  }

  /* Where each character of the folded text stands in the text as it is shown. */
  function places(text) {
    var found = [];
    for (var at = 0; at < text.length; at++) if (!ONE_BLANK.test(text.charAt(at))) found.push(at);
    found.push(text.length);
    return found;
  }

  /* The places of a string, `most` at most; hits do not overlap. */
  function occurrences(text, word, most) {
    var found = [], at = text.indexOf(word);
    for (; at >= 0 && found.length < most; at = text.indexOf(word, at + word.length)) found.push(at);
    return found;
  }

  function escaped(text) {
    return !/[&<>"']/.test(text) ? text : text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;").replace(/'/g, "&#39;");
  }

  scope.planbookSearch = {text: {folded: folded, places: places, occurrences: occurrences, escaped: escaped}};
})(self);
