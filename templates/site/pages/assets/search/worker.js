/*
 * Chinese full-text search behind Material's search box: what is typed is found as it stands, character by character.
 * Messages, as Material's bundle sends and expects them: 0 set-up, 1 ready, 2 query, 3 result.
 * ES5 throughout: this runs in browsers of 2018, and (through iframe-worker.js) in a page opened from a file share.
 */
(function (scope) {
  "use strict";

  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  var inWorker = typeof document === "undefined";

  // In a page, iframe-worker.js has loaded them.
  if (inWorker) scope.importScripts("text.js", "pages.js", "query.js", "results.js");
  var search = scope.planbookSearch;

  function answer(message) {
    if (message.type === SETUP) {
      search.pages.setUp(message.data.docs || []);
      search.query.setUp(message.data.config || {}, search.pages.texts(), search.pages.answered);
      return {type: READY};
    }
    if (message.type !== QUERY) throw new TypeError("unknown message");
    var query = search.query.read(message.data);
    var found = query.groups.length ? search.pages.ranked(query.groups, query.joined) : [];
    return {type: RESULT, data: {items: found.map(search.results.item)}};
  }

  if (inWorker) scope.onmessage = function (event) { scope.postMessage(answer(event.data)); };
  search.answer = answer;
})(self);
