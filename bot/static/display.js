// The screen in the hall asks for its changing part every few seconds, and says so where it gets no
// answer: an old number would send people to the wrong window. Without script the page reloads.
(function () {
  var EVERY = 5000, TOO_OFTEN = 4, failed = 0, page = document.getElementById("display");
  var known = calls();
  function calls() {
    var rows = page.querySelectorAll("[data-call]"), found = {}, i;
    for (i = 0; i < rows.length; i += 1) { found[rows[i].getAttribute("data-call")] = rows[i]; }
    return found;
  }
  function put(html) {
    var name, now;
    page.innerHTML = html;
    now = calls();
    for (name in now) { if (!known[name]) { now[name].className += " fresh"; } }
    known = now;
  }
  function lost() {
    failed += 1;
    document.getElementById("lost").hidden = failed < TOO_OFTEN;
  }
  function clock() {
    var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    document.getElementById("clock").textContent = two(now.getHours()) + ":" + two(now.getMinutes());
  }
  function refresh() {
    var request = new XMLHttpRequest();
    request.open("GET", window.location.pathname);
    request.setRequestHeader("X-Live", "1");
    request.timeout = EVERY;
    request.onload = function () {
      if (request.status === 404) { window.location.reload(); return; }
      if (request.status !== 200) { lost(); return; }
      failed = -1;
      lost();
      clock();
      if (request.responseText !== page.lastHtml) { put(page.lastHtml = request.responseText); }
    };
    request.onerror = request.ontimeout = lost;
    request.send();
  }
  window.setInterval(refresh, EVERY);
}());
