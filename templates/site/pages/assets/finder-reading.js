/*
 * Until finder.js has chosen the first screenful, no row is drawn: drawing all those of a large plan, only to take them
 * out again, takes seconds. Where finder.js cannot be loaded, they stand there as soon as the page has been read.
 */
(function (root) {
  "use strict";

  root.classList.add("pb-finder-reading");
  document.addEventListener("DOMContentLoaded", function () { root.classList.remove("pb-finder-reading"); });
})(document.querySelector(".pb-finder"));
