/*
 * Chinese full-text search behind Material's search box: what is typed is found as it stands, character by character.
 * Messages, as Material's bundle sends and expects them: 0 set-up, 1 ready, 2 query, 3 result.
 * ES5 throughout: this also runs in browsers of 2018, and (through iframe-worker.js) in a page opened from a file share.
 */
(function (scope) {
  "use strict";

  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  var GAP = "\n"; // the index puts it between blocks; it is never folded away, so no hit spans two blocks

  var WEIGHT_EXACT = 1000, WEIGHT_TITLE = 400, WEIGHT_FIELD = [100, 200, 300]; // elsewhere, duty, unit
  var LONGEST_QUERY = 300, MOST_WORDS = 12, MOST_VARIANTS = 24, LONGEST_PIECED = 40;
  var MOST_SECTIONS = 30, OPEN_SECTIONS = 3, MOST_DETAILED = 100, MOST_QUOTED = 400, MOST_WEIGHED = 200, MOST_TERMS = 20;
  var CONTEXT = 110, LEAD_IN = 36;

  var BLANK = /[\t\v\f\r \u00a0\u00ad\u034f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufe0f\ufeff]/g;
  var ONE_BLANK = new RegExp(BLANK.source);
  var FOLDABLE = /[A-Z\[\]{}\u00c0-\u00de\u0391-\u03a9\uff01-\uff5e\u2070-\u208e\u00b2\u00b3\u00b9\u2010-\u2015\u2018-\u201f\u2212\u3008-\u301f\ufe31-\ufe44\ufe59-\ufe5e\u00b7\u2022\u2027\u30fb]/g;
  // every entry is one character for one character, so places in the folded text stay places in the text
  var FOLDS = pairs(
    "\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089",
    "23104567890123456789"
  );
  merge(FOLDS, pairs("〔〕【】〖〗〘〙〚〛[]{}［］｛｝﹙﹚﹛﹜﹝﹞", "()()()()()()()()()()()()"));
  merge(FOLDS, pairs("‐‑‒–—―−", "-------"));
  merge(FOLDS, pairs("“”„‟〝〞〟‘’‚‛", "\"\"\"\"\"\"\"''''"));
  merge(FOLDS, pairs("〈〉", "<>"));
  merge(FOLDS, pairs("•‧・", "···"));

  var documents = [];
  var synonyms = []; // [[folded word, [folded words]]], longest first
  var names = []; // [[folded name, for each character the letters that it may begin with, whether it is a title]]

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

  /* ---- set-up ---- */

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

  /* ---- what is shown ---- */

  function merged(hits) {
    hits.sort(function (one, other) { return one.from - other.from; });
    return hits.reduce(function (found, hit) {
      var last = found[found.length - 1];
      if (last && hit.from <= last.to && hit.anchor === last.anchor) last.to = Math.max(last.to, hit.to);
      else found.push({from: hit.from, to: hit.to, anchor: hit.anchor});
      return found;
    }, []);
  }

  /* A stretch of the text with its hits marked, as HTML. */
  function marked(text, from, to, hits) {
    var html = "", at = from;
    hits.forEach(function (hit) {
      if (hit.from < at || hit.to > to) return;
      html += escaped(text.slice(at, hit.from)) + "<mark>" + escaped(text.slice(hit.from, hit.to)) + "</mark>";
      at = hit.to;
    });
    return html + escaped(text.slice(at, to));
  }

  /* The block around a hit, cut to what can be read at a glance. */
  function context(entry, hits) {
    var start = entry.text.lastIndexOf(GAP, hits[0].from) + 1;
    var end = entry.text.indexOf(GAP, hits[0].from);
    if (end < 0) end = entry.text.length;
    var from = end - start <= CONTEXT + LEAD_IN ? start : Math.max(start, hits[0].from - LEAD_IN);
    var to = Math.min(end, Math.max(from + CONTEXT + LEAD_IN, hits[0].to));
    return (from > start ? "…" : "") + marked(entry.text, from, to, hits) + (to < end ? "…" : "");
  }

  function hitsInTitle(title, page) {
    var plain = title === page.entry.title ? page.entry.heading : folded(title), map = null, hits = [];
    page.matches.forEach(function (match) {
      match.strings.forEach(function (string) {
        occurrences(plain, string, MOST_WEIGHED).forEach(function (at) {
          map = map || places(title);
          hits.push({from: map[at], to: map[at + string.length - 1] + 1, anchor: 0});
        });
      });
    });
    return merged(hits);
  }

  function titleHtml(title, page) {
    return marked(title, 0, title.length, hitsInTitle(title, page));
  }

  /* Words found (true, as the page writes them, so that the page can mark them too) and missing (false). */
  function termsOf(page, hits) {
    var terms = {}, text = hits.length ? page.entry.text : page.entry.title;
    (hits.length ? hits : hitsInTitle(text, page)).slice(0, MOST_TERMS).forEach(function (hit) {
      var written = text.slice(hit.from, hit.to);
      if (!/\s/.test(written)) terms[written] = true;
    });
    page.matches.forEach(function (match) {
      if (match.group.pieces) terms[match.group.word] = false;
    });
    return terms;
  }

  /* The hits of a page by the place that a link can open, those in a duty or a unit's name first. */
  function sectionsOf(entry, hits) {
    var sections = [], seen = {};
    hits.forEach(function (hit) {
      var anchor = entry.anchors[hit.anchor], key = "#" + anchor[1];
      if (!seen.hasOwnProperty(key)) {
        seen[key] = {id: anchor[1], label: anchor[2], order: sections.length, field: 0, hits: []};
        sections.push(seen[key]);
      }
      seen[key].hits.push(hit);
      seen[key].field = Math.max(seen[key].field, anchor[3] || 0);
    });
    return sections.sort(function (one, other) {
      return (other.field > 0) - (one.field > 0) || one.order - other.order;
    });
  }

  function shownSection(page, section, score) {
    return {
      location: page.entry.location + "#" + section.id,
      title: titleHtml(section.label || page.entry.title, page),
      text: context(page.entry, section.hits),
      score: score,
      terms: termsOf(page, section.hits)
    };
  }

  function shownPage(page, text, terms) {
    return {
      location: page.entry.location,
      title: titleHtml(page.entry.title, page),
      text: text,
      score: page.score + (page.inTitle ? 0.5 : -0.5),
      terms: terms
    };
  }

  /*
   * The page itself stands last: Material opens what scores as the first one does, and folds the rest away.
   * Further down the list the first hit must do, and far down the page alone.
   */
  function item(page, rank) {
    if (rank >= MOST_QUOTED) return [shownPage(page, "", {})];
    var hits = [], detailed = rank < MOST_DETAILED;
    page.matches.forEach(function (match) {
      match.strings.forEach(function (string) {
        hits = hits.concat(hitsOf(page.entry, string, detailed ? MOST_WEIGHED : 1));
      });
    });
    hits = merged(hits);
    var sections = sectionsOf(page.entry, hits), only = sections.length === 1 && !sections[0].id;
    return (only ? [] : sections.slice(0, detailed ? MOST_SECTIONS : 1)).map(function (section, at) {
      return shownSection(page, section, at < OPEN_SECTIONS ? page.score : page.score - 1);
    }).concat([shownPage(page, only ? context(page.entry, hits) : "", termsOf(page, hits))]);
  }

  function search(query) {
    var typed = String(query).slice(0, LONGEST_QUERY).split(/\s+/);
    var words = unique(typed.map(folded)).slice(0, MOST_WORDS);
    if (!words.length) return [];
    var groups = words.map(understood);
    var joined = words.length > 1 ? folded(typed.join("")) : "";
    var pages = answering(groups).map(function (page) {
      page.inTitle = page.matches.some(function (match) {
        return match.strings.some(function (string) { return page.entry.heading.indexOf(string) >= 0; });
      });
      return scored(page, joined);
    });
    pages.sort(function (one, other) { return other.score - one.score || one.entry.order - other.entry.order; });
    return pages.map(item);
  }

  /* ---- messages ---- */

  function answer(message) {
    if (message.type === SETUP) {
      setUp(message.data);
      return {type: READY};
    }
    if (message.type === QUERY) return {type: RESULT, data: {items: search(message.data)}};
    throw new TypeError("unknown message");
  }

  if (typeof document === "undefined") {
    scope.onmessage = function (event) { scope.postMessage(answer(event.data)); };
  } else {
    scope.planbookSearch = answer; // iframe-worker.js asks here
  }
})(self);
