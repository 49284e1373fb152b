// Everything works without this file; it only makes some things nicer. Old phones read it: no new syntax.
document.documentElement.className += " js";

// An iPhone shows a stale page from its cache on "back"; a personal page must be asked for again.
window.addEventListener("pageshow", function (event) {
  if (event.persisted && document.body.getAttribute("data-fresh")) { window.location.reload(); }
});

// Paper cannot be opened: what is folded is printed too.
window.addEventListener("beforeprint", function () {
  var folded = document.querySelectorAll("main details");
  for (var i = 0; i < folded.length; i += 1) { folded[i].setAttribute("open", ""); }
});

document.addEventListener("click", function (event) {
  var target = event.target;
  if (target.hasAttribute && target.hasAttribute("data-print")) { window.print(); }
});

// The questionnaire: a follow-up opens as soon as the answer that needs it is picked. Without this the
// server asks it on the next page. "None of these" and the other boxes exclude each other.
document.addEventListener("change", function (event) {
  var box = event.target;
  if (box.type !== "checkbox" && box.type !== "radio") { return; }
  var form = box.form;
  if (box.type === "checkbox" && box.checked) {
    var group = form.querySelectorAll('input[type=checkbox][name="' + box.name + '"]');
    for (var i = 0; i < group.length; i += 1) {
      if ((box.value === "done") !== (group[i].value === "done")) { group[i].checked = false; }
    }
  }
  var blocks = form.querySelectorAll('[data-parent="' + box.name + '"]');
  for (var j = 0; j < blocks.length; j += 1) {
    var keys = blocks[j].getAttribute("data-opened-by").split(" ");
    var open = false;
    for (var k = 0; k < keys.length; k += 1) {
      var picked = form.querySelector('input[name="' + box.name + '"][value="' + keys[k] + '"]');
      open = open || (picked && picked.checked);
    }
    show(blocks[j], open);
    if (!open) { close(form, blocks[j]); }
  }
});

function show(block, open) {
  block.hidden = !open;
  block.disabled = !open;
}

// What a closed list had opened closes with it.
function close(form, block) {
  var inside = form.querySelectorAll('[data-parent="' + block.id.replace("-block", "") + '"]');
  for (var i = 0; i < inside.length; i += 1) { show(inside[i], false); }
}
