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
