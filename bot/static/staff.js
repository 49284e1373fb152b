// A button tapped twice sends its form once. Everything works without this file: the server takes the
// second for what it is.
document.addEventListener("submit", function (event) {
  var form = event.target;
  if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
  form.setAttribute("data-sent", "1");
  window.setTimeout(function () { form.removeAttribute("data-sent"); }, 3000);
});
