// Everything works without this file; it only makes some things nicer. Old phones read it: no new syntax.
document.documentElement.className += " js";

// An iPhone shows a stale page from its cache on "back"; a personal page must be asked for again.
window.addEventListener("pageshow", function (event) {
  if (event.persisted && document.body.getAttribute("data-fresh")) { window.location.reload(); }
});

document.addEventListener("click", function (event) {
  var target = event.target;
  if (target.hasAttribute && target.hasAttribute("data-print")) { window.print(); }
});
