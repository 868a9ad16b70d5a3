/*
 * What a query means, which pages answer it, and in which order. Pages are those of search_index.json. ES5.
 */
(function (scope) {
  "use strict";

  var folded = scope.planbookText.folded, places = scope.planbookText.places;

  var GAP = "\n"; // the index puts it between blocks; it is never folded away, so no hit spans two blocks
  var WEIGHT_EXACT = 1000, WEIGHT_TITLE = 400, WEIGHT_FIELD = [100, 200, 300]; // elsewhere, duty, unit
  var LONGEST_QUERY = 300, MOST_WORDS = 12, MOST_VARIANTS = 24, LONGEST_PIECED = 40, MOST_WEIGHED = 200;

  var documents = [];
  var synonyms = []; // [[folded word, [folded words]]], longest first
  var names = []; // [[folded name, for each character the letters that it may begin with, whether it is a title]]

  function prepared(entry, order) {
    return {
      order: order,
      location: entry.location,
      title: entry.title || "",
      text: entry.text || "",
      heading: folded(entry.title || ""),
      plain: folded(entry.text || ""),
      names: (entry.names || []).map(folded),
      anchors: entry.anchors && entry.anchors.length ? entry.anchors : [[0, "", "", 0]],
      fields: (entry.anchors || []).reduce(function (most, anchor) { return Math.max(most, anchor[3]); }, 0),
      boost: entry.boost || 0,
      places: null
    };
  }

  function setUp(index) {
    var config = index.config || {};
    documents = (index.docs || []).map(prepared);
    names = (config.names || []).map(function (name) { return [folded(name[0]), name[1].split(" "), name[2] === 1]; });
    synonyms = (config.synonyms || []).map(function (entry) { return [folded(entry[0]), entry[1].map(folded)]; });
    synonyms.sort(function (one, other) { return other[0].length - one[0].length; });
  }

  /* ---- what a query means ---- */

  function stands(word) {
    for (var at = 0; at < documents.length; at++) {
      if (documents[at].plain.indexOf(word) >= 0 || documents[at].heading.indexOf(word) >= 0) return true;
    }
    return false;
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

  /* ---- where it stands ---- */

  function anchorAt(entry, at) {
    var low = 0, high = entry.anchors.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (entry.anchors[middle][0] <= at) low = middle; else high = middle - 1;
    }
    return low;
  }

  function place(entry, at) {
    if (entry.plain.length === entry.text.length) return at;
    if (!entry.places) entry.places = places(entry.text);
    return entry.places[at];
  }

  /* The hits of one string: place and length in the text as shown, and the anchor they stand under. */
  function hitsOf(entry, string, most) {
    return occurrences(entry.plain, string, most).map(function (at) {
      var from = place(entry, at);
      return {from: from, to: place(entry, at + string.length - 1) + 1, anchor: anchorAt(entry, from)};
    });
  }

  function standsIn(entry, string) {
    return entry.plain.indexOf(string) >= 0 || entry.heading.indexOf(string) >= 0;
  }

  /* How well one page answers one word: null if not at all. */
  function matched(entry, group) {
    var strings = (group.pieces || group.strings).filter(function (string) { return standsIn(entry, string); });
    if (group.pieces && strings.length * 2 > group.total) strings = nearest(entry, strings);
    return strings.length ? {group: group, strings: strings} : null;
  }

  /* Pieces mean something only side by side: those that stand in one block, in the block that has most of them. */
  function nearest(entry, pieces) {
    return entry.plain.split(GAP).concat(entry.heading).map(function (block) {
      return pieces.filter(function (piece) { return block.indexOf(piece) >= 0; });
    }).reduce(function (best, found) { return found.length > best.length ? found : best; }, []);
  }

  function answering(groups) {
    var found = [];
    documents.forEach(function (entry) {
      var matches = [];
      for (var at = 0; at < groups.length; at++) {
        var match = matched(entry, groups[at]);
        if (!match) return;
        matches.push(match);
      }
      found.push({entry: entry, matches: matches});
    });
    return groups.reduce(closest, found);
  }

  /* Of a word that stands nowhere whole, more than half must be there; then the pages that have most of it. */
  function closest(found, group, at) {
    if (!group.pieces) return found;
    var most = found.reduce(function (best, page) { return Math.max(best, page.matches[at].strings.length); }, 0);
    if (most * 2 <= group.total) return [];
    return found.filter(function (page) { return page.matches[at].strings.length === most; });
  }

  /* ---- order ---- */

  function weightOf(entry, match) {
    var best = 0;
    match.strings.forEach(function (string, at) {
      var less = match.group.strings[0] === string || match.group.pieces ? 0 : 5;
      if (match.group.word === entry.heading || entry.names.indexOf(string) >= 0) best = Math.max(best, WEIGHT_EXACT);
      if (entry.heading.indexOf(string) >= 0) best = Math.max(best, WEIGHT_TITLE - less - at);
      best = Math.max(best, fieldWeight(entry, string) - less);
    });
    return best;
  }

  /* The best place that a string has in the text: a unit's name in a responsibility, a duty, or elsewhere. */
  function fieldWeight(entry, string) {
    var best = 0, most = WEIGHT_FIELD[entry.fields];
    for (var seen = 0, at = entry.plain.indexOf(string); at >= 0 && seen < MOST_WEIGHED && best < most; seen++) {
      best = Math.max(best, WEIGHT_FIELD[entry.anchors[anchorAt(entry, place(entry, at))][3] || 0]);
      at = entry.plain.indexOf(string, at + string.length);
    }
    return best;
  }

  function scored(page, joined) {
    var entry = page.entry;
    var weights = page.matches.map(function (match) { return weightOf(entry, match); });
    page.score = Math.min.apply(null, weights) + entry.boost; // as good as the word it answers worst
    if (joined && entry.plain.indexOf(joined) >= 0) page.score += 60;
    if (page.matches.length > 1 && together(page)) page.score += 50;
    return page;
  }

  /* Whether all words stand in one block. */
  function together(page) {
    return page.entry.plain.split(GAP).some(function (block) {
      return page.matches.every(function (match) {
        return match.strings.some(function (string) { return block.indexOf(string) >= 0; });
      });
    });
  }

