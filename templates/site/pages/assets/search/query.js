/*
 * What a query means: the strings that stand for each of its words. ES5.
 */
(function (scope) {
  "use strict";

  var folded = scope.planbookSearch.text.folded, stands = scope.planbookSearch.pages.stands;

  var LONGEST_QUERY = 300, MOST_WORDS = 12, MOST_VARIANTS = 24, LONGEST_PIECED = 40;

  var synonyms = []; // [[folded word, [folded words]]], longest first
  var names = []; // [[folded name, for each character the letters that it may begin with, whether it is a title]]

  function setUp(config) {
    names = (config.names || []).map(function (name) { return [folded(name[0]), name[1].split(" "), name[2] === 1]; });
    synonyms = (config.synonyms || []).map(function (entry) { return [folded(entry[0]), entry[1].map(folded)]; });
    synonyms.sort(function (one, other) { return other[0].length - one[0].length; });
  }

  function unique(list) {
    return list.filter(function (item, at) { return item && list.indexOf(item) === at; });
  }

  /* A word that already says it so is left alone, else 镇 → 镇(街道) would never end. */
  function replacements(word, said, written) {
    return written.filter(function (to) {
      return to.indexOf(said) < 0 || word.indexOf(to) < 0;
    }).map(function (to) { return word.split(said).join(to); });
  }

  /* 城区环保局 → 区环保局 → 区生态环境分局: other ways to say it, as synonyms.yml and units.yml give them. */
  function reworded(word) {
    var found = [word];
    for (var at = 0; at < found.length && found.length < MOST_VARIANTS; at++) {
      for (var entry = 0; entry < synonyms.length; entry++) {
        if (found[at].indexOf(synonyms[entry][0]) < 0) continue;
        found = found.concat(replacements(found[at], synonyms[entry][0], synonyms[entry][1]));
        break; // the longest that fits; a shorter one inside it would say something else
      }
      found = unique(found);
    }
    return found.slice(0, MOST_VARIANTS);
  }

  /* zjj → 住建局: parts of the units' names whose initials are these letters, else the openings of titles. */
  function spelled(word) {
    if (!/^[a-z][a-z0-9]+$/.test(word)) return [];
    var found = [[], []];
    names.forEach(function (name) {
      var last = name[2] ? Math.min(0, word.length - 3) : name[1].length - word.length;
      for (var at = 0; at <= last; at++) {
        if (begins(name[1], at, word)) found[name[2] ? 1 : 0].push(name[0].substr(at, word.length));
      }
    });
    return unique(found[0].length ? found[0] : found[1]).slice(0, MOST_VARIANTS);
  }

  function begins(letters, at, word) {
    for (var next = 0; next < word.length; next++) {
      if ((letters[at + next] || "").indexOf(word.charAt(next)) < 0) return false;
    }
    return true;
  }

  function bigrams(word) {
    var found = [];
    for (var at = 0; at + 2 <= Math.min(word.length, LONGEST_PIECED); at++) found.push(word.substr(at, 2));
    return unique(found);
  }

  /* One word of a query: the strings that stand for it, or, where none stands anywhere, its pairs of characters. */
  function understood(word) {
    var whole = reworded(word).filter(stands);
    if (!whole.length) whole = spelled(word).filter(stands);
    if (whole.length) return {word: word, strings: whole, pieces: null};
    var pieces = bigrams(word);
    return {word: word, strings: [], pieces: pieces.filter(stands), total: pieces.length};
  }

  /* Several words are all wanted. `joined` is the query without its blanks; empty where it is one word. */
  function read(query) {
    var typed = String(query).slice(0, LONGEST_QUERY).split(/\s+/);
    var words = unique(typed.map(folded)).slice(0, MOST_WORDS);
    return {groups: words.map(understood), joined: words.length > 1 ? folded(typed.join("")) : ""};
  }

  scope.planbookSearch.query = {setUp: setUp, read: read};
})(self);
