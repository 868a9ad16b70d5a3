/*
 * What Material's search needs and a browser may lack; loaded before Material's own script. ES5.
 */

/* Chromium before 76 cannot read the index as Material does (Blob.text). */
(function () {
  "use strict";
  if (typeof Blob === "undefined" || Blob.prototype.text) return;

  Blob.prototype.text = function () {
    var blob = this;
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = function () { failed(reader.error); };
      reader.readAsText(blob, "utf-8");
    });
  };
})();

/*
 * A stand-in for Worker in pages opened from a file share (file://), where browsers refuse real workers.
 * The offline plugin asks for a script with "iframe-worker" in its name; the usual one needs structuredClone
 * (Chromium 98) and is fetched from another host. This one loads the worker's scripts into the page and asks them.
 */
(function (scope) {
  "use strict";
  if (scope.location.protocol !== "file:") return;

  var PARTS = ["text.js", "pages.js", "query.js", "results.js"]; // what worker.js imports

  function LocalWorker(address) {
    this.listeners = {message: [], error: []};
    this.waiting = [];
    this.loaded = false;
    this.load(String(address));
  }

  /* The worker's own script comes last; scripts that are added in order run in order. */
  LocalWorker.prototype.load = function (address) {
    var worker = this, folder = address.replace(/[^\/]*$/, "");
    PARTS.map(function (part) { return folder + part; }).concat(address).forEach(function (source) {
      var script = document.createElement("script");
      script.src = source;
      script.async = false;
      script.onerror = function () { worker.emit("error", {message: source}); };
      if (source === address) script.onload = function () { worker.ready(); };
      document.head.appendChild(script);
    });
  };

  LocalWorker.prototype.ready = function () {
    var worker = this;
    worker.loaded = true;
    worker.waiting.splice(0).forEach(function (message) { worker.postMessage(message); });
  };

  /* Always later, as a real worker answers: the page paints first. */
  LocalWorker.prototype.postMessage = function (message) {
    var worker = this;
    if (!worker.loaded) {
      worker.waiting.push(message);
      return;
    }
    setTimeout(function () {
      if (worker.listeners) worker.emit("message", {data: scope.planbookSearch.answer(message)});
    }, 0);
  };

  LocalWorker.prototype.emit = function (type, details) {
    var event = document.createEvent("Event"), worker = this;
    event.initEvent(type, false, false);
    for (var key in details) if (details.hasOwnProperty(key)) event[key] = details[key];
    if (typeof worker["on" + type] === "function") worker["on" + type](event);
    worker.listeners[type].slice().forEach(function (listener) {
      if (typeof listener === "function") listener.call(worker, event);
      else listener.handleEvent(event);
    });
  };

  LocalWorker.prototype.addEventListener = function (type, listener) {
    if (this.listeners[type] && this.listeners[type].indexOf(listener) < 0) this.listeners[type].push(listener);
  };

  LocalWorker.prototype.removeEventListener = function (type, listener) {
    var found = this.listeners && this.listeners[type] ? this.listeners[type].indexOf(listener) : -1;
    if (found >= 0) this.listeners[type].splice(found, 1);
  };

  LocalWorker.prototype.terminate = function () {
    this.listeners = null;
  };

  scope.Worker = LocalWorker;
})(window);
