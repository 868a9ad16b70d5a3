/*
 * Marks what was searched for on the page that a result opens. Loaded before Material's own script, which marks only
 * what no other mark of the page cuts: a unit or a time within the hit. The words are taken out of the address, so that
 * Material leaves them alone and an address that is copied is the page's own. ES5.
 */
(function () {
  "use strict";

  var MOST = 1000, LEFT_OUT = /^(script|style|svg|button|nav)$/i;
  var BLOCK = /^(address|article|blockquote|caption|dd|details|div|dl|dt|figure|h[1-6]|li|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/i;

  var asked = /[?&]h=([^&]*)/.exec(location.search), article = document.querySelector("article");
  if (!asked || !article) return;

  var rest = location.search.replace(asked[0], "").replace(/^&/, "?");
  try {
    history.replaceState(history.state, "", location.pathname + rest + location.hash);
  } catch (refused) { // an old browser, of a file: Material marks what it can
    return;
  }
  mark(pieces(article), words(asked[1]));

  function words(written) {
    try {
      written = decodeURIComponent(written.replace(/\+/g, " "));
    } catch (broken) {
      return [];
    }
    return written.split(/\s+/).filter(Boolean);
  }

  /* The text of an element: its text nodes with where each begins; a line feed stands between blocks. */
  function pieces(element) {
    var found = {text: "", nodes: []};
    (function read(node) {
      if (node.nodeType === 3) {
        found.nodes.push({node: node, from: found.text.length});
        found.text += node.nodeValue.replace(/\n/g, " ");
      } else if (node.nodeType === 1 && !LEFT_OUT.test(node.nodeName)) {
        var block = BLOCK.test(node.nodeName);
        if (block) found.text += "\n";
        for (var child = node.firstChild; child; child = child.nextSibling) read(child);
        if (block) found.text += "\n";
      }
    })(element);
    return found;
  }

  function mark(read, terms) {
    var hits = [];
    terms.forEach(function (term) {
      for (var at = read.text.indexOf(term); at >= 0 && hits.length < MOST; at = read.text.indexOf(term, at + 1)) {
        hits.push([at, at + term.length]);
      }
    });
    hits.sort(function (one, other) { return one[0] - other[0] || one[1] - other[1]; });
    var merged = [];
    hits.forEach(function (hit) {
      var last = merged[merged.length - 1];
      if (last && hit[0] <= last[1]) last[1] = Math.max(last[1], hit[1]);
      else merged.push(hit);
    });
    var node = read.nodes.length - 1;
    for (var at = merged.length - 1; at >= 0; at--) { // from the last on: what is marked no longer has its place
      while (node >= 0 && read.nodes[node].from >= merged[at][1]) node--;
      for (var inside = node; inside >= 0 && end(read.nodes[inside]) > merged[at][0]; inside--) {
        wrap(read.nodes[inside], merged[at][0], merged[at][1]);
      }
    }
  }

  function end(piece) {
    return piece.from + piece.node.nodeValue.length;
  }

  function wrap(piece, from, to) {
    var start = Math.max(0, from - piece.from), stop = Math.min(piece.node.nodeValue.length, to - piece.from);
    if (start >= stop) return;
    var behind = piece.node.splitText(start), marked = document.createElement("mark");
    behind.splitText(stop - start);
    marked.setAttribute("data-md-highlight", "");
    behind.parentNode.replaceChild(marked, behind);
    marked.appendChild(behind);
  }
})();
