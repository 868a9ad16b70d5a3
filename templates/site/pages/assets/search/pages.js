/*
 * The pages of search_index.json: which of them answer the words of a query, and how well. ES5.
 */
(function (scope) {
  "use strict";

  var text = scope.planbookSearch.text, folded = text.folded;

  var GAP = "\n"; // the index puts it between blocks; it is never folded away, so no hit spans two blocks
  var WEIGHT_EXACT = 1000, WEIGHT_TITLE = 400, WEIGHT_FIELD = [100, 200, 300]; // elsewhere, duty, unit
  var WEIGHT_JOINED = 60, WEIGHT_TOGETHER = 50, WEIGHT_MISSING = 200, MOST_WEIGHED = 200;
  var WIDER = 2, LEEWAY = 10, ENOUGH = 0.7; // how far apart pieces of a word may stand, and how many of the most

  var documents = [];

  function setUp(entries) {
    documents = entries.map(prepared);
  }

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
    if (!entry.places) entry.places = text.places(entry.text);
    return entry.places[at];
  }

  function standsIn(entry, string) {
    return entry.plain.indexOf(string) >= 0 || entry.heading.indexOf(string) >= 0;
  }

  /* How well one page answers one word: null if not at all. */
  function matched(entry, group) {
    var strings = (group.pieces || group.strings).filter(function (string) { return standsIn(entry, string); });
    if (group.pieces && strings.length * 2 > group.total) strings = nearest(entry, strings, group.word.length);
    return strings.length ? {group: group, strings: strings} : null;
  }

  /* Pieces mean something only side by side: the most of them that stand close together. */
  function nearest(entry, pieces, length) {
    return entry.plain.split(GAP).concat(entry.heading).map(function (block) {
      var standing = pieces.filter(function (piece) { return block.indexOf(piece) >= 0; });
      return standing.length * 2 > pieces.length ? closest(block, standing, length * WIDER + LEEWAY) : [];
    }).reduce(function (best, found) { return found.length > best.length ? found : best; }, []);
  }

  /* The most of the pieces that stand within so many characters of a block. */
  function closest(block, pieces, span) {
    var hits = [], best = [];
    pieces.forEach(function (piece) {
      text.occurrences(block, piece, MOST_WEIGHED).forEach(function (at) { hits.push({at: at, piece: piece}); });
    });
    hits.sort(function (one, other) { return one.at - other.at; });
    hits.forEach(function (first, from) {
      var found = [];
      for (var to = from; to < hits.length && hits[to].at - first.at <= span; to++) {
        if (found.indexOf(hits[to].piece) < 0) found.push(hits[to].piece);
      }
      if (found.length > best.length) best = found;
    });
    return best;
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
    return groups.reduce(havingMost, found);
  }

  /* Of a word that stands nowhere whole, more than half must be there; then the pages that have much of it. */
  function havingMost(found, group, at) {
    if (!group.pieces) return found;
    var most = found.reduce(function (best, page) { return Math.max(best, page.matches[at].strings.length); }, 0);
    return found.filter(function (page) {
      var have = page.matches[at].strings.length;
      return have * 2 > group.total && have >= most * ENOUGH;
    });
  }

  function weightOf(entry, match) {
    var best = 0;
    match.strings.forEach(function (string, at) {
      var less = match.group.strings[0] === string || match.group.pieces ? 0 : 5;
      if (match.group.word === entry.heading || entry.names.indexOf(string) >= 0) best = Math.max(best, WEIGHT_EXACT);
      if (entry.heading.indexOf(string) >= 0) best = Math.max(best, WEIGHT_TITLE - less - at);
      best = Math.max(best, fieldWeight(entry, string) - less);
    });
    return match.group.pieces ? best - WEIGHT_MISSING * (match.group.total - match.strings.length) : best;
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
    if (joined && entry.plain.indexOf(joined) >= 0) page.score += WEIGHT_JOINED;
    if (page.matches.length > 1 && together(page)) page.score += WEIGHT_TOGETHER;
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

  /* The pages that have every word of a query, best first; `joined` is the query without its blanks. */
  function ranked(groups, joined) {
    return answering(groups).map(function (page) {
      page.inTitle = page.matches.some(function (match) {
        return match.strings.some(function (string) { return page.entry.heading.indexOf(string) >= 0; });
      });
      return scored(page, joined);
    }).sort(function (one, other) { return other.score - one.score || one.entry.order - other.entry.order; });
  }

  /* All that is searched, folded. */
  function texts() {
    var found = [];
    documents.forEach(function (entry) { found.push(entry.plain, entry.heading); });
    return found;
  }

  /* Whether a page has all of some groups: anywhere, or together in a block. */
  function answered(groups, anywhere) {
    return answering(groups).some(function (page) { return anywhere || together(page); });
  }

  scope.planbookSearch.pages = {
    GAP: GAP, setUp: setUp, texts: texts, answered: answered, ranked: ranked, anchorAt: anchorAt, place: place
  };
})(self);
