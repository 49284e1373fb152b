// A button tapped twice sends its form once. Everything works without this file: the server takes the
// second for what it is.
document.addEventListener("submit", function (event) {
  var form = event.target;
  if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
  form.setAttribute("data-sent", "1");
  window.setTimeout(function () { form.removeAttribute("data-sent"); }, 3000);
});
// A code that was refused stands in its field again: what is typed or scanned next replaces it.
document.addEventListener("DOMContentLoaded", function () {
  var code = document.getElementById("code");
  if (code && code.value) { code.select(); }
});
// Keys: an element with data-key is clicked by that key, a field is gone to. Inside a field only F8 and
// the like count, but "/" does in the field for codes, which have digits only. A Chinese keyboard says
// "Process" for what it is composing, so "/" is known by its place as well.
document.addEventListener("keydown", function (event) {
  var field = event.target, key = event.code === "Slash" && !event.shiftKey ? "/" : event.key, found;
  var typing = field.matches && field.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) { return; }
  if (typing && !(/^F[0-9]+$/).test(key) && !(key === "/" && field.id === "code")) { return; }
  found = (/^(F[0-9]+|\/)$/).test(key) && document.querySelector('[data-key="' + key + '"]');
  if (!found) { return; }
  event.preventDefault();
  if (found.tagName === "INPUT") { found.focus(); found.select(); } else { found.click(); }
});
// A day that is open refreshes itself: what other windows did is seen, what is typed stays.
(function () {
  var live = document.getElementById("live"), seconds = live && live.getAttribute("data-live");
  if (!seconds) { return; }
  function label() {
    var focus = document.activeElement;
    return live.contains(focus) ? focus.getAttribute("aria-label") || focus.textContent : "";
  }
  function put(html) {
    var focused = label(), buttons, i;
    if (html === live.lastHtml) { return; }
    live.lastHtml = live.innerHTML = html;
    buttons = focused ? live.querySelectorAll("a, button") : [];
    for (i = 0; i < buttons.length; i += 1) {
      if ((buttons[i].getAttribute("aria-label") || buttons[i].textContent) === focused) { buttons[i].focus(); return; }
    }
  }
  function refresh() {
    var request = new XMLHttpRequest();
    if (document.hidden || live.querySelector("[data-sent]")) { return; }
    request.open("GET", window.location.href.split("#")[0]);
    request.setRequestHeader("X-Live", "1");
    request.onload = function () {
      if (request.status === 200 && !live.querySelector("[data-sent]")) { put(request.responseText); }
      if (request.status === 401) { window.clearInterval(timer); }
    };
    request.send();
  }
  var timer = window.setInterval(refresh, seconds * 1000);
  document.addEventListener("visibilitychange", refresh);
}());
// The worksheet counts while one fills it in: the server does the arithmetic, as it does on saving.
(function () {
  var asked = 0, timer = null;
  function put(form, told) {
    form.querySelector("[data-total]").textContent = told.total;
    var fields = form.querySelectorAll("[data-points]");
    for (var i = 0; i < fields.length; i += 1) {
      fields[i].textContent = told.points[fields[i].getAttribute("data-points")];
    }
  }
  function count(form) {
    var request = new XMLHttpRequest(), mine = asked += 1;
    request.open("POST", form.getAttribute("data-count"));
    request.onload = function () {
      if (request.status === 200 && mine === asked) { put(form, JSON.parse(request.responseText)); }
    };
    request.send(new FormData(form));
  }
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !form.getAttribute("data-count")) { return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { count(form); }, 300);
  });
}());
