/*
 * What is shown of the pages that answer a query, as Material's list of results wants it: HTML, escaped here. ES5.
 */
(function (scope) {
  "use strict";

  var text = scope.planbookSearch.text, pages = scope.planbookSearch.pages;
  var escaped = text.escaped, occurrences = text.occurrences, GAP = pages.GAP;

  var MOST_SECTIONS = 30, OPEN_SECTIONS = 3, MOST_DETAILED = 100, MOST_QUOTED = 400;
  var MOST_HITS = 200, MOST_TERMS = 20, CONTEXT = 110, LEAD_IN = 36;

  /* The hits of one string: place and length in the text as shown, and the anchor they stand under. */
  function hitsOf(entry, string, most) {
    return occurrences(entry.plain, string, most).map(function (at) {
      var from = pages.place(entry, at);
      return {from: from, to: pages.place(entry, at + string.length - 1) + 1, anchor: pages.anchorAt(entry, from)};
    });
  }

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
    var plain = title === page.entry.title ? page.entry.heading : text.folded(title), map = null, hits = [];
    page.matches.forEach(function (match) {
      match.strings.forEach(function (string) {
        occurrences(plain, string, MOST_HITS).forEach(function (at) {
          map = map || text.places(title);
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
      if (match.group.instead) terms[match.group.instead] = false;
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
        hits = hits.concat(hitsOf(page.entry, string, detailed ? MOST_HITS : 1));
      });
    });
    hits = merged(hits);
    var sections = sectionsOf(page.entry, hits), only = sections.length === 1 && !sections[0].id;
    return (only ? [] : sections.slice(0, detailed ? MOST_SECTIONS : 1)).map(function (section, at) {
      return shownSection(page, section, at < OPEN_SECTIONS ? page.score : page.score - 1);
    }).concat([shownPage(page, only ? context(page.entry, hits) : "", termsOf(page, hits))]);
  }

  scope.planbookSearch.results = {item: item};
})(self);
